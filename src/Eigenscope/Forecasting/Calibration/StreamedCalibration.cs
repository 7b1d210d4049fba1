using Eigenscope.Spectra;

namespace Eigenscope.Forecasting;

/// <summary>The error of one way to stream, over several trainings.</summary>
/// <param name="Method">The way.</param>
/// <param name="Modes">k.</param>
/// <param name="Steps">Steps since the only decomposition.</param>
/// <param name="Error">The mean over trainings of the root of the mean squared relative error of the five largest singular values.</param>
public sealed record StreamedRow(StreamedMethod Method, int Modes, long Steps, double Error);

/// <summary>Measures streamed spectra of a <see cref="LinearStudent"/> from its first step on.</summary>
internal static class StreamedCalibration
{
    private const int Scored = 5;

    public static IReadOnlyList<StreamedRow> Of(
        IReadOnlyList<(StreamedMethod Method, int Modes)> ways, IReadOnlyList<long> steps, int trainings, long seed, CancellationToken cancellation)
    {
        var errors = new double[ways.Count, steps.Count];
        for (var draw = 0; draw < trainings; draw++)
        {
            var student = new LinearStudent(new LinearStudentOptions(), seed + draw);
            var start = student.Checkpoint;
            List<StreamedSpectrum> streamed = [.. ways.Select(way => new StreamedSpectrum(start, new StreamedOptions { Method = way.Method, Modes = way.Modes }, cancellation))];
            for (var at = 0; at < steps.Count; at++)
            {
                while (student.Step < steps[at])
                {
                    var step = student.Advance();
                    streamed.ForEach(spectrum => spectrum.Apply(step, cancellation));
                }

                var actual = Spectrum.Of(student.Checkpoint.Weights, SpectrumRoute.Accurate, cancellation).SingularValues;
                for (var way = 0; way < ways.Count; way++)
                {
                    errors[way, at] += ErrorOf(streamed[way].SingularValues, actual) / trainings;
                }
            }
        }

        return [.. ways.SelectMany((way, i) => steps.Select((step, j) => new StreamedRow(way.Method, way.Modes, step, errors[i, j])))];
    }

    private static double ErrorOf(IReadOnlyList<double> found, IReadOnlyList<double> ascending) =>
        Math.Sqrt(Enumerable.Range(0, Scored).Average(k => Math.Pow((found[k] / ascending[^(k + 1)]) - 1, 2)));
}
