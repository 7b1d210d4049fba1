using Eigenscope.LinearAlgebra.Lapack;
using Xunit;

namespace Eigenscope.Tests.LinearAlgebra.Lapack;

/// <summary>The LAPACK of this machine. A test that needs one skips where there is none.</summary>
internal static class InstalledLapack
{
    /// <summary>The library on one thread, which is the fastest for small matrices; skips the running test where there is none.</summary>
    public static LapackLibrary Require()
    {
        try
        {
            LapackLibrary.Installed.SetThreads(1);
            return LapackLibrary.Installed;
        }
        catch (LapackUnavailableException e)
        {
            Assert.Skip(e.Message);
            throw;
        }
    }
}
