using Eigenscope.Transforms;

namespace Eigenscope.Tests.Transforms.Recipes;

/// <summary>A method that is known by its name and parameters, and never run.</summary>
internal sealed class NamedMethod(string name, BaseUse use, int least, int most, params ParameterDefinition[] parameters) : MergeMethod
{
    private static readonly ParameterDefinition Weight = new("weight", ParameterKind.Number, null, "share of a model") { IsPerModel = true };
    private static readonly ParameterDefinition Density = new("density", ParameterKind.Number, 1.0, "share that is kept") { IsPerModel = true, Least = 0, Most = 1 };
    private static readonly ParameterDefinition Normalize = new("normalize", ParameterKind.Flag, true, "divide by the weights");
    private static readonly ParameterDefinition Lambda = new("lambda", ParameterKind.Number, 1.0, "scale of the change");
    private static readonly ParameterDefinition Rescale = new("rescale", ParameterKind.Word, "none", "restored norm") { Words = ["none", "l1", "l2"] };

    /// <summary>Methods as recipes know them.</summary>
    public static IReadOnlyList<MergeMethod> Table { get; } =
    [
        new NamedMethod("linear", BaseUse.None, 1, int.MaxValue, Weight, Normalize),
        new NamedMethod("slerp", BaseUse.Required, 1, 1, new ParameterDefinition("t", ParameterKind.Number, null, "share of the other model")),
        new NamedMethod("task_arithmetic", BaseUse.Required, 1, int.MaxValue, Weight, Normalize, Lambda),
        new NamedMethod("ties", BaseUse.Required, 1, int.MaxValue, Weight, Density, Normalize, Lambda, Rescale, new ParameterDefinition(Variant, ParameterKind.Word, "paper", "whose definition") { Words = ["paper", "mergekit"] }),
        new NamedMethod("dare_ties", BaseUse.Required, 1, int.MaxValue, Weight, Density, Normalize, Lambda, Rescale),
        new NamedMethod("star", BaseUse.Required, 1, int.MaxValue, new ParameterDefinition("eta", ParameterKind.Number, 40.0, "percent of the nuclear norm") { Least = 0, Most = 100 }, Lambda),
        new NamedMethod("tsv_m", BaseUse.Required, 1, int.MaxValue, Lambda),
        new NamedMethod("spectral_aware", BaseUse.Required, 2, int.MaxValue, Weight, Lambda, new ParameterDefinition("tau", ParameterKind.Number, 0.1, "largest dispersion"), new ParameterDefinition("omega", ParameterKind.Number, 0.5, "least overlap"), new ParameterDefinition("kappa", ParameterKind.Number, 0.95, "energy kept")),
        new NamedMethod("fisher", BaseUse.Optional, 1, int.MaxValue, Weight with { Default = 1.0 }),
        new NamedMethod("passthrough", BaseUse.None, 1, 1, new ParameterDefinition("scale", ParameterKind.Number, 1.0, "factor") { IsPerModel = true }),
    ];

    public override string Name => name;

    public override string Meaning => "is never run";

    public override IReadOnlyList<ParameterDefinition> Parameters => parameters;

    public override BaseUse Base => use;

    public override int LeastModels => least;

    public override int MostModels => most;

    public override ITensorMerge Begin(MergeTask task) => throw new NotSupportedException();
}
