using System.Runtime.InteropServices;

namespace Eigenscope.LinearAlgebra.Lapack;

/// <summary>Finds a LAPACK library among those that are installed.</summary>
internal static class LapackSearch
{
    /// <summary>The environment variable that names a library, which is then the only one tried.</summary>
    public const string Variable = "EIGENSCOPE_LAPACK";

    /// <summary>What is tried on this operating system, in order: OpenBLAS, MKL, and the one that comes with macOS.</summary>
    public static IReadOnlyList<string> Names { get; } =
        OperatingSystem.IsWindows() ? ["libopenblas.dll", "openblas.dll", "mkl_rt.2.dll"]
        : OperatingSystem.IsMacOS() ? ["libopenblas.dylib", "libmkl_rt.2.dylib", "/System/Library/Frameworks/Accelerate.framework/Accelerate"]
        : ["libopenblas.so.0", "libopenblas.so", "libmkl_rt.so.2", "libmkl_rt.so"];

    /// <summary>Loads the library at <paramref name="path"/>, or the first usable of <paramref name="names"/> where no path is given.</summary>
    /// <exception cref="LapackUnavailableException">The path or none of the names can be used.</exception>
    public static LapackLibrary Find(string? path, IReadOnlyList<string> names) =>
        string.IsNullOrEmpty(path) ? FirstUsable(names) : Named(path);

    private static LapackLibrary Named(string path)
    {
        if (!NativeLibrary.TryLoad(path, out var handle))
        {
            throw new LapackUnavailableException($"the library '{path}' that {Variable} names cannot be loaded");
        }

        return Missing(handle) is { } symbol
            ? throw new LapackUnavailableException($"the library '{path}' that {Variable} names does not export {symbol}")
            : new LapackLibrary(handle, path);
    }

    private static LapackLibrary FirstUsable(IReadOnlyList<string> names)
    {
        foreach (var name in names)
        {
            if (NativeLibrary.TryLoad(name, out var handle) && Missing(handle) is null)
            {
                return new LapackLibrary(handle, name);
            }
        }

        throw new LapackUnavailableException(
            $"the solver lapack needs a LAPACK library, and none of {string.Join(", ", names)} is installed; install one, such as Debian's package libopenblas0-pthread, or name it in {Variable}");
    }

    private static string? Missing(nint handle) => LapackRoutines.Symbols.FirstOrDefault(symbol => !NativeLibrary.TryGetExport(handle, symbol, out _));
}
