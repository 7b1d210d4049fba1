namespace Eigenscope.Transforms;

/// <summary>Methods that work element by element, with numbers of the whole tensor at most.</summary>
internal static partial class MergeMethods
{
    private static IReadOnlyList<MergeMethod> Elementwise =>
    [
        new LinearMethod(),
        new SlerpMethod(),
        new NuslerpMethod(),
        new MultislerpMethod(),
        new KarcherMethod(),
        new ModelStockMethod(),
        new TaskArithmeticMethod(),
        new TiesMethod(),
        new TaskVectorMethod("dare_linear", "random elements of the changes, summed", new RandomSparsification(), elects: false, normalize: false, rescale: true),
        new TaskVectorMethod("dare_ties", "random elements of the changes, of the elected sign, summed", new RandomSparsification(), elects: true, normalize: false, rescale: true),
        new TaskVectorMethod("breadcrumbs", "large elements of the changes without the largest, summed", new OutlierSparsification(), elects: false, normalize: false, rescale: false),
        new TaskVectorMethod("breadcrumbs_ties", "large elements of the changes without the largest, of the elected sign, summed", new OutlierSparsification(), elects: true, normalize: false, rescale: false),
        new TaskVectorMethod("della", "random elements of the changes, large ones more often, of the elected sign, averaged", new RankedRandomSparsification(), elects: true, normalize: true, rescale: true),
        new TaskVectorMethod("della_linear", "random elements of the changes, large ones more often, summed", new RankedRandomSparsification(), elects: false, normalize: false, rescale: true),
        new SceMethod(),
        new NearswapMethod(),
        new RamMethod(plus: false),
        new RamMethod(plus: true),
        new ArceeFusionMethod(),
        new PassthroughMethod(),
        new FisherMethod(),
    ];
}
