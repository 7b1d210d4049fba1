using Eigenscope.LinearAlgebra;
using Eigenscope.Spectra;
using Eigenscope.Training;
using Eigenscope.Training.Data;
using Xunit;

namespace Eigenscope.Tests.Training.Data;

public sealed class TeacherTests
{
    private static readonly DataOptions Linear = new() { Kind = DataKind.LinearTeacher, Inputs = 12, Outputs = 7, Rank = 3, Examples = 8000, HeldOut = 10, Condition = 9, Noise = 0.2 };

    [Fact]
    public void A_linear_teacher_has_the_stated_singular_values()
    {
        var sigma = Spectrum.Of(LinearTeacher.Matrix(Linear).ToDense(), SpectrumRoute.Accurate, TestContext.Current.CancellationToken).SingularValues;
        double[] expected = [0, 0, 0, 0, 2.0 / 3, 4.0 / 3, 2];
        Assert.All(sigma.Zip(expected), pair => Assert.Equal(pair.Second, pair.First, 1e-12));
    }

    /// <summary>A sample variance of n normal numbers has the standard error sqrt(2 / n) = 0.016 of itself; five of them.</summary>
    [Fact]
    public void Inputs_have_the_stated_variances_and_targets_the_stated_noise()
    {
        var variances = LinearTeacher.Variances(Linear);
        Assert.Equal(9, variances[0] / variances[^1], 1e-12);
        Assert.Equal(1, variances.Average(), 1e-12);
        var batch = Filled(Linear);
        for (var j = 0; j < 12; j++)
        {
            Assert.Equal(1, Enumerable.Range(0, 8000).Average(i => batch.Inputs!.Row(i)[j] * batch.Inputs.Row(i)[j]) / variances[j], 0.08);
        }

        var teacher = LinearTeacher.Matrix(Linear);
        var noise = Enumerable.Range(0, 8000).Average(i => Math.Pow(batch.Targets!.Row(i)[2] - Lanes.Dot(teacher.Row(2), batch.Inputs!.Row(i)), 2));
        Assert.Equal(1, noise / 0.04, 0.08);
    }

    /// <summary>Wrong labels are drawn among all classes, so a share of 0.5 of them leaves 0.5 (1 - 1 / 4) changed; standard error 0.0054.</summary>
    [Fact]
    public void A_share_of_the_labels_of_classes_is_wrong()
    {
        var options = new DataOptions { Kind = DataKind.ClassTeacher, Inputs = 6, Outputs = 4, Examples = 8000, HeldOut = 10, Noise = 0 };
        var (clean, noisy) = (Filled(options), Filled(options with { Noise = 0.5 }));
        Assert.Equal(clean.Inputs!.Values, noisy.Inputs!.Values);
        Assert.Equal(0.375, clean.Labels!.Zip(noisy.Labels!).Average(pair => pair.First == pair.Second ? 0.0 : 1), 0.027);
        Assert.Equal(4, clean.Labels!.Distinct().Count());
    }

    private static Batch Filled(DataOptions options)
    {
        var batch = new Batch();
        TrainingData.Of(new TrainingOptions { Data = options }, TestContext.Current.CancellationToken).Fill(batch, [.. Enumerable.Range(0, options.Examples)], isHeldOut: false);
        return batch;
    }
}
