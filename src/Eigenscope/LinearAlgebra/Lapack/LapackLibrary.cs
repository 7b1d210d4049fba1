using System.Runtime.InteropServices;

namespace Eigenscope.LinearAlgebra.Lapack;

/// <summary>A LAPACK library that is installed on this machine, found when it is first asked for and never unloaded.</summary>
internal sealed unsafe class LapackLibrary
{
    private static readonly Lazy<LapackLibrary> Found =
        new(() => LapackSearch.Find(Environment.GetEnvironmentVariable(LapackSearch.Variable), LapackSearch.Names));

    private readonly nint handle;

    /// <summary>Takes a library that exports all of <see cref="LapackRoutines.Symbols"/>.</summary>
    public LapackLibrary(nint handle, string path)
    {
        this.handle = handle;
        Version = OpenBlasVersion() ?? MklVersion() ?? Path.GetFileName(path);
        Core = OpenBlasCore();
        Routines = new LapackRoutines(handle, Name);
    }

    /// <summary>The library that <see cref="LapackSearch"/> finds.</summary>
    /// <exception cref="LapackUnavailableException">There is none.</exception>
    public static LapackLibrary Installed => Found.Value;

    /// <summary>What computes: the library, its version and the kernel that it chose, as far as it tells, such as "OpenBLAS 0.3.21, SkylakeX".</summary>
    public string Name => Core is null ? Version : $"{Version}, {Core}";

    /// <summary>The library and its version.</summary>
    public string Version { get; }

    /// <summary>The processor whose kernels an OpenBLAS chose; null where the library does not tell.</summary>
    public string? Core { get; }

    /// <summary>What it computes.</summary>
    public LapackRoutines Routines { get; }

    /// <summary>Sets how many threads one call may use, where the library can be told.</summary>
    public void SetThreads(int count)
    {
        foreach (var symbol in new[] { "openblas_set_num_threads", "MKL_Set_Num_Threads" })
        {
            if (NativeLibrary.TryGetExport(handle, symbol, out var set))
            {
                ((delegate* unmanaged<int, void>)set)(count);
            }
        }
    }

    /// <summary>The configuration starts with "OpenBLAS 0.3.21", and goes on about how it was built.</summary>
    private string? OpenBlasVersion() =>
        Text("openblas_get_config") is { } text ? string.Join(' ', text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Take(2)) : null;

    private string? OpenBlasCore() => Text("openblas_get_corename");

    private string? Text(string symbol) => NativeLibrary.TryGetExport(handle, symbol, out var get)
        ? Marshal.PtrToStringUTF8(((delegate* unmanaged<nint>)get)())
        : null;

    private string? MklVersion()
    {
        const int Length = 256;
        if (!NativeLibrary.TryGetExport(handle, "MKL_Get_Version_String", out var get))
        {
            return null;
        }

        var text = stackalloc byte[Length];
        ((delegate* unmanaged<byte*, int, void>)get)(text, Length - 1);
        return Marshal.PtrToStringUTF8((nint)text)!.Trim();
    }
}
