using Eigenscope.LinearAlgebra.Lapack;
using Eigenscope.Tests.Spectra;
using Xunit;

namespace Eigenscope.Tests.LinearAlgebra.Lapack;

public sealed unsafe class LapackRoutinesTests
{
    /// <summary>Column by column: (1 2; 3 4) (5 6; 7 8) + 2 (1 1; 1 1).</summary>
    [Fact]
    public void Gemm_is_the_product()
    {
        double[] a = [1, 3, 2, 4], b = [5, 7, 6, 8], c = [1, 1, 1, 1];
        fixed (double* pa = a, pb = b, pc = c)
        {
            InstalledLapack.Require().Routines.Gemm(2, pa, pb, 2, pc);
        }

        Assert.Equal([21, 45, 24, 52], c);
    }

    /// <summary>A = (1 2 3; 4 5 6), by columns, or by rows where it is transposed; only the lower triangle is written.</summary>
    [Fact]
    public void Syrk_adds_to_the_lower_triangle()
    {
        double[] columns = [1, 4, 2, 5, 3, 6], rows = [1, 2, 3, 4, 5, 6], c = [1, 0, -1, 0], d = [1, 0, -1, 0];
        fixed (double* pa = columns, pb = rows, pc = c, pd = d)
        {
            InstalledLapack.Require().Routines.Syrk(transposed: false, 2, 3, pa, pc);
            InstalledLapack.Require().Routines.Syrk(transposed: true, 2, 3, pb, pd);
        }

        Assert.Equal([15, 32, -1, 77], c);
        Assert.Equal([15, 32, -1, 77], d);
    }

    [Fact]
    public void Gesdd_has_two_precisions()
    {
        double[] a = [0, 2, 3, 0, 0, 0];
        fixed (double* wide = a)
        {
            Accuracy.Near([3, 2], InstalledLapack.Require().Routines.Gesdd(2, 3, wide), 1e-15);
        }

        fixed (float* tall = new float[] { 0, 0, 2, 3, 0, 0 })
        {
            Assert.Equal([3f, 2f], InstalledLapack.Require().Routines.Gesdd(3, 2, tall));
        }
    }

    /// <summary>OpenBLAS refuses NaN; what other libraries do with one is their affair, and it never reaches them from a matrix.</summary>
    [Fact]
    public void A_call_that_is_refused_is_an_error_that_names_it()
    {
        var library = InstalledLapack.Require();
        Assert.SkipUnless(library.Version.StartsWith("OpenBLAS", StringComparison.Ordinal), "this is OpenBLAS's behaviour");
        fixed (double* a = new[] { double.NaN, 0, 0, 1 })
        {
            var values = a;
            var error = Assert.Throws<LapackException>(() => library.Routines.Gesdd(2, 2, values));
            Assert.Equal(-4, error.Info);
            Assert.Contains($"dgesdd of {library.Name} refused its arguments", error.Message, StringComparison.Ordinal);
        }
    }
}
