namespace Eigenscope.Transforms;

/// <summary>A model as a recipe names it.</summary>
/// <param name="Path">A path, or an address such as <c>hf://org/model@revision</c>.</param>
/// <param name="Adapter">The path or address of an adapter on top of it; null for none.</param>
internal sealed record ModelReference(string Path, string? Adapter = null)
{
    /// <inheritdoc/>
    public override string ToString() => Adapter is null ? Path : $"{Path}+{Adapter}";
}
