namespace Eigenscope.Transforms;

/// <summary>What is an error unless a recipe allows it.</summary>
[Flags]
public enum Allowances
{
    /// <summary>Nothing more.</summary>
    None = 0,

    /// <summary>A tensor that a model has not is merged of the others.</summary>
    Missing = 1,

    /// <summary>An embedding with more rows than that of the base is cropped to it.</summary>
    Crop = 2,

    /// <summary>A tensor of another shape is left out.</summary>
    Shape = 4,
}
