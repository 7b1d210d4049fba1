namespace Eigenscope.Transforms;

/// <summary>Parameters that several methods have.</summary>
internal static class CommonParameters
{
    /// <summary>The word of <c>variant</c> for what is done unless a recipe says otherwise.</summary>
    public const string Default = "default";

    /// <summary>The word of <c>variant</c> for what mergekit computes.</summary>
    public const string Mergekit = "mergekit";

    /// <summary>The word of <c>variant</c> for what the authors of a method define.</summary>
    public const string Paper = "paper";

    /// <summary>w_i.</summary>
    public static ParameterDefinition Weight { get; } = new("weight", ParameterKind.Number, null, "the weight of the model") { IsPerModel = true };

    /// <summary>The share of a change that is kept.</summary>
    public static ParameterDefinition Density { get; } = new("density", ParameterKind.Number, 1.0, "the share of the elements of the model's change that is kept") { IsPerModel = true, Least = 0, Most = 1 };

    /// <summary>The factor of what a merge does to the base.</summary>
    public static ParameterDefinition Lambda { get; } = new("lambda", ParameterKind.Number, 1.0, "the factor of the merged change from the base");

    /// <summary>A flag of mergekit that saves memory there.</summary>
    public static ParameterDefinition Int8Mask { get; } = new("int8_mask", ParameterKind.Flag, false, "accepted and without effect");

    /// <summary>Whether sums are divided by weights.</summary>
    public static ParameterDefinition Normalize(bool standard, string meaning) => new("normalize", ParameterKind.Flag, standard, meaning);

    /// <summary>Whose definition is meant.</summary>
    /// <param name="words">Those beside <c>default</c>.</param>
    public static ParameterDefinition Variant(params string[] words) =>
        new(MergeMethod.Variant, ParameterKind.Word, Default, "whose definition is meant, where they differ") { Words = [Default, .. words] };

    /// <summary>True where a definition is asked for.</summary>
    public static bool Is(this TensorParameters parameters, string variant) => parameters.Word(MergeMethod.Variant) == variant;
}
