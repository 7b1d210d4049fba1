namespace Eigenscope.Learning;

/// <summary>A picture in a lesson.</summary>
/// <param name="Name">A name for files: lower case letters, digits and hyphens.</param>
/// <param name="Title">What it is.</param>
/// <param name="Caption">What is to be seen.</param>
public abstract record LessonFigure(string Name, string Title, LessonText Caption) : LessonPart;

/// <summary>Curves over an axis.</summary>
/// <param name="Name">A name for files.</param>
/// <param name="Title">What it is.</param>
/// <param name="Caption">What is to be seen.</param>
/// <param name="X">The name of the horizontal axis.</param>
/// <param name="Y">The name of the vertical axis.</param>
/// <param name="Curves">At least one.</param>
public sealed record CurveFigure(string Name, string Title, LessonText Caption, string X, string Y, IReadOnlyList<LessonCurve> Curves) : LessonFigure(Name, Title, Caption)
{
    /// <summary>True for a logarithmic horizontal axis; what is not positive is not drawn.</summary>
    public bool IsLogX { get; init; }

    /// <summary>True for a logarithmic vertical axis; what is not positive is not drawn.</summary>
    public bool IsLogY { get; init; }
}

/// <summary>A curve of a figure.</summary>
/// <param name="Name">Its name in the legend.</param>
/// <param name="X">The horizontal places, ascending.</param>
/// <param name="Y">The heights, as many.</param>
/// <param name="Kind">How it is drawn.</param>
public sealed record LessonCurve(string Name, IReadOnlyList<double> X, IReadOnlyList<double> Y, CurveKind Kind = CurveKind.Line);

/// <summary>How a curve is drawn.</summary>
public enum CurveKind
{
    /// <summary>A line through its points.</summary>
    Line,

    /// <summary>A dashed line through its points: a law or something to hold the others against.</summary>
    Dashed,

    /// <summary>A mark at every point.</summary>
    Points,

    /// <summary>A bar at every point, all of the width that the first two are apart: a histogram.</summary>
    Bars,
}

/// <summary>The unit circle and the ellipse that a matrix makes of it: v₁ and v₂ go to σ₁ u₁ and σ₂ u₂.</summary>
/// <param name="Caption">What is to be seen.</param>
/// <param name="Entries">The 2 x 2 matrix, row by row.</param>
/// <param name="SingularValues">σ₁ and σ₂.</param>
/// <param name="Left">u₁ and u₂, of length 1.</param>
/// <param name="Right">v₁ and v₂, of length 1.</param>
/// <param name="IsSection">True where the matrix is larger, and the circle is that in the plane of its first two right singular vectors; <paramref name="Entries"/> are then diagonal.</param>
public sealed record EllipseFigure(
    LessonText Caption,
    IReadOnlyList<IReadOnlyList<double>> Entries,
    IReadOnlyList<double> SingularValues,
    IReadOnlyList<IReadOnlyList<double>> Left,
    IReadOnlyList<IReadOnlyList<double>> Right,
    bool IsSection) : LessonFigure("ellipse", "The unit circle becomes an ellipse", Caption);
