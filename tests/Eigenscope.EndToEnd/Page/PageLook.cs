using Microsoft.Playwright;

namespace Eigenscope.EndToEnd.Page;

/// <summary>How a page is looked at.</summary>
/// <param name="Scheme">What the reader's system prefers.</param>
/// <param name="Width">The width of the window.</param>
/// <param name="Height">Its height.</param>
/// <param name="PassesPolicy">Whether scripts of a test run in spite of the page's policy.</param>
internal sealed record PageLook(ColorScheme Scheme = ColorScheme.Light, int Width = 1280, int Height = 720, bool PassesPolicy = false);
