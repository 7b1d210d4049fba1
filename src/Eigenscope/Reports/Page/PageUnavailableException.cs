namespace Eigenscope.Reports.Page;

/// <summary>This build of eigenscope has no page.</summary>
public sealed class PageUnavailableException()
    : Exception("this build has no page, since Node.js 18 or newer with npm was not there when it was built; install it, and build again");
