using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Eigenscope.Statistics;

namespace Eigenscope.Cli.Commands;

/// <summary>The options of the power law that is fitted to the tail.</summary>
internal sealed class TailOptionSet
{
    private const string Fixed = "fixed=", Drop = "drop=";

    private readonly Option<string> xmin = new("--xmin")
    {
        Description = "where the tail starts: the eigenvalue of least Kolmogorov-Smirnov distance (ks), the best near the peak of the spectrum (peak), or a given one",
        HelpName = "ks|peak|fixed=X",
        DefaultValueFactory = _ => "ks",
    };

    private readonly Option<string> xmax = new("--xmax")
    {
        Description = "where the tail ends: nowhere, at the largest eigenvalue (WeightWatcher's xmax='force'), or below the K largest",
        HelpName = "none|max|drop=K",
        DefaultValueFactory = _ => "none",
    };

    private readonly Option<bool> clip = new("--clip-xmax") { Description = "leave out the few largest eigenvalues where they steepen the fit: WeightWatcher's fix_fingers='clip_xmax'" };

    public TailOptionSet()
    {
        xmin.CompletionSources.Add("ks", "peak", Fixed);
        xmin.Validators.Add(result => Require(result, "--xmin", value => value is "ks" or "peak" || Number(value, Fixed) is > 0, "ks, peak or fixed=X with a positive X"));
        xmax.CompletionSources.Add("none", "max", Drop);
        xmax.Validators.Add(result => Require(result, "--xmax", value => value is "none" or "max" || Count(value) is > 0, "none, max or drop=K with a whole K from 1"));
    }

    /// <summary>All of them.</summary>
    public IReadOnlyList<Option> All => [xmin, xmax, clip];

    /// <summary>True where the largest eigenvalues may be left out.</summary>
    public bool Clips(ParseResult parsed) => parsed.GetValue(clip);

    /// <summary>What they ask for; by WeightWatcher's conventions the peak is its own.</summary>
    public PowerLawOptions Read(ParseResult parsed, bool weightWatcher)
    {
        var (start, end) = (parsed.GetValue(xmin)!, parsed.GetValue(xmax)!);
        return new PowerLawOptions
        {
            Xmin = start == "ks" ? XminChoice.Scan : start != "peak" ? XminChoice.Fixed : weightWatcher ? XminChoice.Peak : XminChoice.NearPeak,
            FixedXmin = Number(start, Fixed) ?? 0,
            Cutoff = end == "max" ? UpperCutoff.Largest : UpperCutoff.None,
            DropTop = Count(end) ?? 0,
        };
    }

    private static double? Number(string text, string prefix) =>
        text.StartsWith(prefix, StringComparison.Ordinal) && double.TryParse(text.AsSpan(prefix.Length), NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value) ? value : null;

    private static int? Count(string text) =>
        text.StartsWith(Drop, StringComparison.Ordinal) && int.TryParse(text.AsSpan(Drop.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : null;

    private static void Require(OptionResult result, string option, Func<string, bool> holds, string wanted)
    {
        foreach (var token in result.Tokens.Where(token => !holds(token.Value)))
        {
            result.AddError($"{option} '{token.Value}' is not {wanted}");
        }
    }
}
