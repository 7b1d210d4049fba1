using Eigenscope.Training;
using Eigenscope.Training.Data;
using Xunit;

namespace Eigenscope.Tests.Training.Data;

public sealed class DigitsTests
{
    private const int Side = 16;

    [Fact]
    public void A_seed_gives_an_image_and_another_seed_another()
    {
        Assert.Equal(Digits.Draw(3, Side, 0.1, 5), Digits.Draw(3, Side, 0.1, 5));
        Assert.NotEqual(Digits.Draw(3, Side, 0.1, 5), Digits.Draw(3, Side, 0.1, 6));
    }

    /// <summary>A pen of at least a twentieth of the sheet leaves some ink, and most of the sheet is paper.</summary>
    [Fact]
    public void Ink_lies_in_the_middle_of_paper()
    {
        for (var i = 0; i < 200; i++)
        {
            var image = Digits.Draw(i % 10, Side, 0, (ulong)i);
            Assert.InRange(image.Count(pixel => pixel > 127) / (double)image.Length, 0.005, 0.5);
            Assert.All(Enumerable.Range(0, Side), k => Assert.True(image[k] < 128 && image[(Side * Side) - 1 - k] < 128));
        }
    }

    /// <summary>
    /// The mean image of each digit is nearest, among all ten, to most other images of it: what is drawn are ten kinds. By chance one in ten would be; a thousand images have a standard error of one in a
    /// hundred.
    /// </summary>
    [Fact]
    public void Digits_resemble_others_of_their_kind()
    {
        var means = Enumerable.Range(0, 10).Select(digit => Mean(digit, 100)).ToList();
        var right = Enumerable.Range(0, 1000).Count(i =>
        {
            var image = Digits.Draw(i % 10, Side, 0, (ulong)(100_000 + i));
            return means.Select((mean, digit) => (Distance: mean.Zip(image, (a, b) => (a - b) * (a - b)).Sum(), digit)).Min().digit == i % 10;
        });
        Assert.InRange(right, 600, 1000);
    }

    [Fact]
    public void Inputs_are_about_standard_and_all_classes_are_as_frequent()
    {
        var data = TrainingData.Of(new TrainingOptions { Data = new() { Examples = 400, HeldOut = 20 } }, TestContext.Current.CancellationToken);
        var batch = new Batch();
        data.Fill(batch, [.. Enumerable.Range(0, 400)], isHeldOut: false);
        Assert.InRange(batch.Inputs!.Elements.ToArray().Average(), -0.2, 0.2);
        Assert.InRange(batch.Inputs.Elements.ToArray().Average(x => x * x), 0.6, 1.4);
        Assert.All(Enumerable.Range(0, 10), digit => Assert.Equal(40, batch.Labels!.Count(label => label == digit)));
        Assert.Equal((400, 20, new DataShape(256, 10, 16)), (data.TrainingCount, data.HeldOutCount, data.Shape));
    }

    private static double[] Mean(int digit, int count)
    {
        var sum = new double[Side * Side];
        for (var i = 0; i < count; i++)
        {
            var image = Digits.Draw(digit, Side, 0, (ulong)i);
            for (var k = 0; k < sum.Length; k++)
            {
                sum[k] += (double)image[k] / count;
            }
        }

        return sum;
    }
}
