using Eigenscope.LinearAlgebra;
using Eigenscope.Spectra;

namespace Eigenscope.Cli;

/// <summary>
/// Has the numerical core compiled for this processor on another thread while the command line is read and the model opened: by the spectra of two small matrices.
/// </summary>
internal static class EarlyCompilation
{
    /// <summary>Small, but larger than a panel, so that every step has something to do.</summary>
    private const int Order = 50;
    private const int Length = 60;

    /// <summary>Begins, where the command is one that computes spectra.</summary>
    public static void Begin(string[] args)
    {
        if (args is ["analyze" or "layer" or "serve", ..])
        {
            _ = Task.Run(Spectra);
        }
    }

    private static void Spectra()
    {
        double[] values = [.. Enumerable.Range(0, Order * Length).Select(k => (double)(k * k % 31))];
        Spectrum.Of(new DenseMatrix(Length, Order, values), SpectrumRoute.Gram);
        Spectrum.Of(new DenseMatrix(Order, Length, values), SpectrumRoute.Gram);
    }
}
