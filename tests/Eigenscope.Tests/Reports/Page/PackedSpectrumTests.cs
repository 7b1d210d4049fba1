using System.Buffers;
using System.Text.Json;
using Eigenscope.Reports.Page;
using Xunit;

namespace Eigenscope.Tests.Reports.Page;

public sealed class PackedSpectrumTests
{
    /// <summary>Lengths and tails around the budget of 100.</summary>
    public static MatrixTheoryData<int, int> CountsAndTails { get; } = new([101, 102, 133, 1000, 99_999], [0, 1, 75, 76, 101]);

    [Fact]
    public void A_spectrum_within_the_budget_is_stored_as_it_is()
    {
        double[] all = [0, 1, 2, 3];

        Assert.Equal((4, 4, 1, all), Parts(PackedSpectrum.Of(all, tail: 1, budget: 4)));
    }

    [Theory]
    [MemberData(nameof(CountsAndTails))]
    public void The_tail_is_stored_as_it_is_and_every_step_th_below(int count, int tail)
    {
        double[] all = [.. Enumerable.Range(0, count).Select(i => i * Math.PI)];

        var packed = PackedSpectrum.Of(all, tail, budget: 100);

        var thinned = count - packed.Exact;
        Assert.Equal(count, packed.Count);
        Assert.True(packed.Exact >= Math.Max(tail, 75));
        Assert.Equal(all[^packed.Exact..], packed.Values[^packed.Exact..]);
        Assert.Equal(Enumerable.Range(0, thinned).Where(rank => rank % packed.Step == 0).Select(rank => all[rank]), packed.Values[..^packed.Exact]);
        Assert.InRange(packed.Values.Length, 1, Math.Max(100, tail + 25));
    }

    [Fact]
    public void It_is_written_as_little_endian_float64_in_base64()
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            PackedSpectrum.Of([1, 2], 0, 4).Write(json, "x");
            json.WriteEndObject();
        }

        var written = JsonElement.Parse(buffer.WrittenSpan).GetProperty("x");
        Assert.Equal((2, 2, 1), (written.GetProperty("count").GetInt32(), written.GetProperty("exact").GetInt32(), written.GetProperty("step").GetInt32()));
        Assert.Equal("AAAAAAAA8D8AAAAAAAAAQA==", written.GetProperty("values").GetString());
    }

    [Theory]
    [InlineData(0, 1_500_000)]
    [InlineData(1, 1_500_000)]
    [InlineData(300, 5000)]
    [InlineData(100_000, 512)]
    public void Layers_share_the_budget_of_a_page(int layers, int each) => Assert.Equal(each, SpectrumView.Budget(layers));

    private static (int Count, int Exact, int Step, double[] Values) Parts(PackedSpectrum packed) => (packed.Count, packed.Exact, packed.Step, packed.Values);
}
