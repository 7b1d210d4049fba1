using System.Globalization;

namespace Eigenscope.Benchmarks.Peers;

/// <summary>What a comparison with peers is asked to do.</summary>
/// <param name="Rounds">How many times each side is measured.</param>
/// <param name="Threads">How many threads either side may use where a row does not say.</param>
/// <param name="Only">A text that rows have to contain.</param>
/// <param name="Out">Where the table goes, besides standard output.</param>
internal sealed record PeerOptions(int Rounds, int Threads, string Only, string? Out)
{
    public const string Usage = "peers [--rounds N] [--threads N] [--only TEXT] [--out FILE]";

    /// <summary>Reads the options; null where they are none of <see cref="Usage"/>.</summary>
    public static PeerOptions? Parse(ReadOnlySpan<string> words)
    {
        var options = new PeerOptions(5, Environment.ProcessorCount, "", null);
        for (; words is [var name, var value, .. var rest]; words = rest)
        {
            var changed = (name, Count(value)) switch
            {
                ("--rounds", { } rounds) => options with { Rounds = rounds },
                ("--threads", { } threads) => options with { Threads = threads },
                ("--only", _) => options with { Only = value },
                ("--out", _) => options with { Out = value },
                _ => null,
            };
            if (changed is null)
            {
                return null;
            }

            options = changed;
        }

        return words.IsEmpty ? options : null;
    }

    private static int? Count(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count > 0 ? count : null;
}
