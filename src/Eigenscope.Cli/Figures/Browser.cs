using System.Diagnostics;

namespace Eigenscope.Cli.Figures;

/// <summary>A browser on this machine that draws a page without a window: Chromium, Chrome or Edge.</summary>
internal sealed class Browser
{
    /// <summary>Names it, where it is none of those that are looked for.</summary>
    public const string Variable = "EIGENSCOPE_BROWSER";

    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "microsoft-edge", "microsoft-edge-stable", "msedge"];

    private static readonly string[] Applications =
    [
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
        "/Applications/Chromium.app/Contents/MacOS/Chromium",
        "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    ];

    private static readonly string[] WindowsPrograms = [@"Google\Chrome\Application\chrome.exe", @"Chromium\Application\chrome.exe", @"Microsoft\Edge\Application\msedge.exe"];

    /// <summary>It draws what it is given, asks nothing of any host and leaves nothing behind.</summary>
    private static readonly string[] Switches =
    [
        "--headless", "--disable-gpu", "--no-first-run", "--no-default-browser-check", "--disable-extensions", "--disable-background-networking", "--disable-component-update", "--disable-sync",
        "--hide-scrollbars", "--mute-audio",
    ];

    private readonly string path;

    private Browser(string path) => this.path = path;

    /// <summary>The browser of this machine.</summary>
    /// <exception cref="UsageException">There is none.</exception>
    public static Browser Find()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named)
        {
            return File.Exists(named) ? new(named) : throw new UsageException($"{Variable} is '{named}', and there is no such file");
        }

        return Candidates().FirstOrDefault(File.Exists) is { } found
            ? new(found)
            : throw new UsageException($"--figures needs Chromium, Chrome or Edge to draw, and none is on this machine ({Variable} may name one); --report writes a page that any browser opens");
    }

    /// <summary>The document of a page after its script has run, as HTML.</summary>
    /// <param name="file">The page.</param>
    /// <param name="view">Which of its views, such as <c>#/figures</c>.</param>
    /// <param name="cancellation">Ends the browser.</param>
    /// <exception cref="IOException">The browser failed.</exception>
    public string Document(string file, string view, CancellationToken cancellation)
    {
        var profile = Directory.CreateTempSubdirectory("eigenscope-browser-");
        try
        {
            using var process = Process.Start(Command(file, view, profile.FullName))!;
            using var end = cancellation.Register(() => process.Kill(entireProcessTree: true));
            var errors = process.StandardError.ReadToEndAsync(CancellationToken.None);
            var document = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            cancellation.ThrowIfCancellationRequested();
            return process.ExitCode == 0 ? document : throw new IOException($"{path} ended with code {process.ExitCode}: {errors.Result.Split('\n')[0]}");
        }
        finally
        {
            Discard(profile);
        }
    }

    private ProcessStartInfo Command(string file, string view, string profile)
    {
        var start = new ProcessStartInfo(path) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        string[] root = Environment.UserName == "root" ? ["--no-sandbox"] : [];
        foreach (var argument in (IEnumerable<string>)[.. Switches, .. root, $"--user-data-dir={profile}", "--dump-dom", new Uri(file).AbsoluteUri + view])
        {
            start.ArgumentList.Add(argument);
        }

        return start;
    }

    private static IEnumerable<string> Candidates()
    {
        var endings = OperatingSystem.IsWindows() ? ".exe" : "";
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        var programs = new[] { Environment.SpecialFolder.ProgramFiles, Environment.SpecialFolder.ProgramFilesX86, Environment.SpecialFolder.LocalApplicationData }.Select(Environment.GetFolderPath);
        return OperatingSystem.IsWindows() ? [.. programs.SelectMany(_ => WindowsPrograms, Path.Combine)]
            : [.. Names.SelectMany(_ => folders, (name, folder) => Path.Combine(folder, name + endings)), .. Applications];
    }

    /// <summary>The last of its processes may still write for a moment.</summary>
    private static void Discard(DirectoryInfo profile)
    {
        try
        {
            profile.Delete(recursive: true);
        }
        catch (IOException)
        {
            // It lies among the temporary files of the system, which clears them.
        }
    }
}
