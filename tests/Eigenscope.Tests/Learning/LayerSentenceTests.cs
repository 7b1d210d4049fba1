using Eigenscope.Learning;
using Eigenscope.LinearAlgebra;
using Eigenscope.Metrics;
using Eigenscope.Models.Layers;
using Eigenscope.Reports;
using Eigenscope.Spectra;
using Eigenscope.Statistics;
using Xunit;

namespace Eigenscope.Tests.Learning;

/// <summary>What lessons say of layers for which the usual sentence would be untrue.</summary>
public sealed class LayerSentenceTests
{
    private static readonly DenseMatrix Identity = Filled(32, 32, (i, j) => i == j ? 1 : 0);
    private static readonly DenseMatrix Noise = TestMatrices.Noise(NoiseKind.Gaussian, 128, 64, 1);

    [Theory]
    [InlineData("The layer spreads its work more evenly than a random matrix does")]
    [InlineData("All directions that have a singular value come out equally long")]
    [InlineData("it can hardly be told from its initialisation", false)]
    [InlineData("1 times as long", false)]
    public void Equal_singular_values_are_more_even_than_chance(string sentence, bool isSaid = true) => Check(isSaid, sentence, RealLayer(Reading(Identity)));

    [Theory]
    [InlineData("They fall slowly")]
    [InlineData("it can hardly be told from its initialisation")]
    public void Noise_is_as_chance_makes_it(string sentence) => Check(true, sentence, RealLayer(Reading(Noise)));

    [Theory]
    [InlineData("One direction does nearly all of its work")]
    [InlineData("Only 1 of its 32 singular values is above 0, so it holds all of it.")]
    [InlineData("31 of them are 0, so no more than 1 direction can take part.")]
    [InlineData("not chance: training has put it there, or the layer was made with it")]
    [InlineData("10⁻¹⁶", false)]
    public void Of_a_single_direction_the_others_are_zero(string sentence, bool isSaid = true) => Check(isSaid, sentence, RealLayer(Reading(Filled(64, 32, (_, _) => 0.1))));

    [Theory]
    [InlineData("1 of its 64 singular values is 0, and can be left out without loss")]
    [InlineData("cannot be compressed without loss", false)]
    public void A_lost_direction_is_no_chance(string sentence, bool isSaid = true) =>
        Check(isSaid, sentence, RealLayer(Reading(Filled(128, 64, (i, j) => j == 0 ? 0 : Noise[i, j]))));

    [Theory]
    [InlineData("They fall faster than those of a random matrix: fewer directions share the work.")]
    [InlineData("this layer is more concentrated.")]
    [InlineData("The layer has preferred directions, and many others work beside them")]
    [InlineData("a few directions rule", false)]
    public void One_direction_over_noise_does_not_rule(string sentence, bool isSaid = true) =>
        Check(isSaid, sentence, RealLayer(Reading(Filled(128, 64, (i, j) => Noise[i, j] + (0.9 * (i % 2 == 0 ? 1 : -1) * (j % 3 == 0 ? 1 : -1))))));

    [Theory]
    [InlineData("Of 16 directions, 10 are so many that chance alone gives them")]
    [InlineData("2 directions hold 90 % of its squared norm")]
    [InlineData("hardly preferred", false)]
    public void Ten_of_sixteen_directions_tell_nothing(string sentence, bool isSaid = true) =>
        Check(isSaid, sentence, RealLayer(Reading(Filled(16, 16, (i, j) => i != j ? 0 : i < 2 ? 10 : 1))));

    [Theory]
    [InlineData("A single one always gives 1.")]
    [InlineData("The only singular value, 2.")]
    [InlineData("0 of 1 lies above")]
    [InlineData("between 1 and 1", false)]
    [InlineData("down to", false)]
    public void A_single_row_has_a_single_value(string sentence, bool isSaid = true) => Check(isSaid, sentence, RealLayer(Reading(Filled(1, 4, (_, _) => 1))));

    [Theory]
    [InlineData(1, CurveKind.Points)]
    [InlineData(2, CurveKind.Line)]
    public void A_single_value_is_drawn_as_a_point(int rows, CurveKind kind) =>
        Assert.All(Teach("real-layer", Reading(Filled(rows, 4, (i, j) => 1 + (i * j)))).Steps.SelectMany(step => step.Parts).OfType<CurveFigure>(), figure => Assert.Equal(kind, figure.Curves[0].Kind));

    [Theory]
    [InlineData("the smallest σ is 0")]
    [InlineData("Only 2 of its 12 singular values are above 0, so they hold all of it.")]
    [InlineData("as far as the analysis can tell", false)]
    public void An_adapter_loses_directions_by_its_making(string sentence, bool isSaid = true)
    {
        double[] lambda = [.. new double[10], 1, 4];
        var spectrum = LayerMatrix.Spectrum(Filled(12, 12, (i, j) => i == j ? Math.Sqrt(lambda[i]) : 0), TestContext.Current.CancellationToken);
        Check(isSaid, sentence, RealLayer(LayerReading.OfProduct("model", "w", 12, 12, [1, 4], name => LayerMatrix.Metric(spectrum, name))));
    }

    [Fact]
    public void Every_convolution_is_called_one()
    {
        Check(true, "It is a convolution", RealLayer(Reading(Noise, LayerKind.Conv2d)));
        Check(false, "It is a convolution", RealLayer(Reading(Noise, LayerKind.Dense)));
    }

    [Theory]
    [InlineData(3, 2, "Eigenvalues of WᵀW")]
    [InlineData(2, 3, "Eigenvalues of W Wᵀ")]
    [InlineData(3, 3, "Eigenvalues of W Wᵀ")]
    public void The_last_panel_has_the_smaller_Gram_matrix(int rows, int columns, string title) =>
        Assert.Contains(Teach("real-layer", Reading(Filled(rows, columns, (i, j) => i + (j * j) + 1))).Steps.SelectMany(step => step.Parts).OfType<LessonFigure>(), figure => figure.Title == title);

    [Fact]
    public void What_float32_rounds_is_no_random_part()
    {
        var rounded = Filled(64, 64, (i, j) => (float)(Math.Sin(i) * Math.Cos(j) + (Math.Cos(3 * i) * Math.Sin(2 * j))));
        var spectrum = new LayerSpectrum([Spectrum.Of(rounded, SpectrumRoute.Accurate, TestContext.Current.CancellationToken)], 64, 64, Math.Pow(2, -23), 0);
        var layer = LayerReading.OfMatrix("model", "w", LayerKind.Dense, 64, 64, spectrum.Eigenvalues, name => LayerMatrix.Metric(spectrum, name));

        Check(true, "What is left beside 2 directions is so small that rounding of the stored numbers may have left it", Text(Teach("random-vs-trained", layer)));
    }

    [Fact]
    public void Chance_would_put_a_small_largest_eigenvalue_farther_out() => Check(true, "it would put it farther out still", Text(Teach("random-vs-trained", Reading(Identity))));

    [Fact]
    public void The_law_is_one_of_mean_zero() => Check(true, "independent random numbers of mean 0", Text(Teach("random-vs-trained", Reading(Identity))));

    [Fact]
    public void What_training_did_is_read_off_the_participation_ratio()
    {
        var (noise, peaked) = (Reading(Noise), Reading(Filled(128, 64, (i, j) => Noise[i, j] + 1)));
        Check(true, "The participation ratio fell: fewer directions do more of the work", Changed(noise, peaked));
        Check(true, "The participation ratio rose: more directions share the work than before.", Changed(peaked, noise));
        Check(true, "The participation ratio hardly changed", Changed(noise, Reading(Filled(128, 64, (i, j) => 2 * Noise[i, j]))));
        Check(true, "All singular values are the same before and after.", Changed(noise, noise));
        Check(false, "The participation ratio", Changed(Reading(Filled(128, 64, (_, _) => 0)), noise));
    }

    [Fact]
    public void No_axis_begins_below_the_first_bar()
    {
        var figure = Teach("random-vs-trained", Reading(Identity)).Steps.SelectMany(step => step.Parts).OfType<CurveFigure>().First();
        var left = figure.Curves[0].X[0] - ((figure.Curves[0].X[1] - figure.Curves[0].X[0]) / 2);

        var axis = CurvePlot.Of(figure, 80).SkipLast(1).Last();

        Assert.Equal(Digits.Text(Math.Min(left, figure.Curves[1].X[0]), 4), axis.Split(' ', StringSplitOptions.RemoveEmptyEntries)[0]);
    }

    private static void Check(bool isSaid, string sentence, string text) => Assert.True(isSaid == text.Contains(sentence, StringComparison.Ordinal), text);

    private static string RealLayer(LayerReading layer) => Text(Teach("real-layer", layer));

    private static string Changed(LayerReading before, LayerReading after) => Text(Teach("random-vs-trained", before, after));

    private static Lesson Teach(string lesson, params LayerReading[] layers)
    {
        var taught = LessonTopics.Find(lesson)!.Teach(new LessonInput { Layers = layers }, TestContext.Current.CancellationToken);
        Assert.All(taught.Claims, item => Assert.True(item.Claim.Holds, item.Claim.ToString()));
        return taught;
    }

    private static LayerReading Reading(DenseMatrix w, string kind = LayerKind.Dense)
    {
        var spectrum = LayerMatrix.Spectrum(w, TestContext.Current.CancellationToken);
        return LayerReading.OfMatrix("model", "w", kind, w.Rows, w.Columns, spectrum.Eigenvalues, name => LayerMatrix.Metric(spectrum, name));
    }

    private static DenseMatrix Filled(int rows, int columns, Func<int, int, double> entry) => new(rows, columns, [.. Enumerable.Range(0, rows * columns).Select(k => entry(k / columns, k % columns))]);

    private static string Text(Lesson lesson) => string.Join('\n', lesson.Steps.SelectMany(step => step.Parts).Select(part => part switch
    {
        Paragraph paragraph => paragraph.Text.ToString(),
        Formula formula => string.Concat(formula.Pieces.Select(piece => piece.Text?.ToString())),
        Claim claim => claim.Text.ToString(),
        LessonFigure figure => figure.Caption.ToString(),
        _ => "",
    }));
}
