namespace Eigenscope.Training.Files;

/// <summary>The words that files and command lines have for choices.</summary>
public static class OptionTexts
{
    /// <summary>The word of a network.</summary>
    public static string Text(this NetworkKind kind) => kind.ToString().ToLowerInvariant();

    /// <summary>The word of an activation.</summary>
    public static string Text(this ActivationKind kind) => kind.ToString().ToLowerInvariant();

    /// <summary>The word of a loss.</summary>
    public static string Text(this LossKind kind) => kind == LossKind.Squares ? "mse" : "cross_entropy";

    /// <summary>The word of an optimiser.</summary>
    public static string Text(this OptimizerKind kind) => kind.ToString().ToLowerInvariant();

    /// <summary>The word of a kind of data.</summary>
    public static string Text(this DataKind kind) => kind switch
    {
        DataKind.Digits => "digits",
        DataKind.ImageFiles => "image_files",
        DataKind.LinearTeacher => "linear",
        DataKind.ClassTeacher => "teacher",
        DataKind.Grammar => "grammar",
        DataKind.TextFile => "text_file",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };
}
