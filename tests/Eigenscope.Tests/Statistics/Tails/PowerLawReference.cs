using System.Text.Json;

namespace Eigenscope.Tests.Statistics.Tails;

/// <summary>Eleven samples with the fits and comparisons of other programs.</summary>
internal static class PowerLawReference
{
    public static string[] Samples { get; } =
    [
        "pareto_a2.5_n200", "pareto_a2.0_n500", "pareto_a3.5_n1000", "csn_body_tail_n600", "lognormal_n500", "exponential_n500", "truncPL_a1.8_l0.05_n500", "mp_900x300", "heavy_mu2.5_600x300",
        "heavy_mu1.2_600x300", "spiked5_600x300",
    ];

    public static JsonElement Read(string sample) => All().GetProperty(sample);

    public static JsonElement All() =>
        JsonDocument.Parse(File.ReadAllBytes(SharedFiles.Path("reference", "theory", "powerlaw_reference.json"))).RootElement.GetProperty("sets");

    public static double[] Values(JsonElement sample) => [.. sample.GetProperty("x").EnumerateArray().Select(x => x.GetDouble())];

    public static double Number(this JsonElement element, params string[] path) => path.Aggregate(element, (at, name) => at.GetProperty(name)).GetDouble();
}
