namespace Eigenscope.Cli.Serving;

/// <summary>The page before its script has run: it asks this server for everything.</summary>
internal static class PageShell
{
    /// <summary>HTML in UTF-8.</summary>
    public static byte[] Content { get; } = """
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="eigenscope-source" content="live">
        <title>Eigenscope</title>
        <link rel="icon" href="data:,">
        <link rel="stylesheet" href="page.css">
        </head>
        <body>
        <div id="page"><p class="loading">Reading the result …</p></div>
        <noscript>This page draws its figures by a script of its own; it asks nothing of any other host.</noscript>
        <script src="page.js" defer></script>
        </body>
        </html>

        """u8.ToArray();
}
