using System.Globalization;
using Xunit;

namespace Eigenscope.Tests.Models;

/// <summary>How many spoiled files a test tries: as many as it says, times EIGENSCOPE_MUTATIONS where that is set.</summary>
internal static class Mutations
{
    private static readonly int Factor = int.TryParse(Environment.GetEnvironmentVariable("EIGENSCOPE_MUTATIONS"), NumberStyles.None, CultureInfo.InvariantCulture, out var factor) ? Math.Max(1, factor) : 1;

    /// <summary>The number of rounds, which is printed with the test.</summary>
    public static int Rounds(int usual)
    {
        TestContext.Current.TestOutputHelper?.WriteLine($"{usual * Factor} spoiled files");
        return usual * Factor;
    }
}
