using System.Reflection;

namespace Eigenscope.Reports.Page;

/// <summary>The page as it was built from <c>web/</c>: one script, one style sheet. A build without Node.js has none.</summary>
public static class PageBundle
{
    private const string ScriptName = "page.js";
    private const string StyleName = "page.css";

    /// <summary>True where this build has the page.</summary>
    public static bool IsAvailable => typeof(PageBundle).Assembly.GetManifestResourceInfo(ScriptName) is not null;

    /// <summary>Throws where this build has no page.</summary>
    /// <exception cref="PageUnavailableException">It has none.</exception>
    public static void Require() => _ = IsAvailable ? true : throw new PageUnavailableException();

    /// <summary>The script; UTF-8.</summary>
    /// <exception cref="PageUnavailableException">This build has none.</exception>
    public static byte[] Script => Read(ScriptName);

    /// <summary>The style sheet; UTF-8.</summary>
    /// <exception cref="PageUnavailableException">This build has none.</exception>
    public static byte[] Style => Read(StyleName);

    private static byte[] Read(string name)
    {
        using var resource = Assembly.GetExecutingAssembly().GetManifestResourceStream(name) ?? throw new PageUnavailableException();
        var content = new byte[resource.Length];
        resource.ReadExactly(content);
        return content;
    }
}
