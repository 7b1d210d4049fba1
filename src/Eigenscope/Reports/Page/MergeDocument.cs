using System.Text.Json;
using Eigenscope.Transforms;

namespace Eigenscope.Reports.Page;

/// <summary>A saved merge, schema <c>eigenscope/merge/1</c>, checked as far as a page relies on it.</summary>
public sealed class MergeDocument
{
    private MergeDocument(JsonElement root) => Root = root;

    /// <summary>The method and the models in a few words.</summary>
    public string Title =>
        $"{Root.GetProperty("settings").GetProperty("merge_method").GetString()} of {string.Join(", ", Root.GetProperty("models").EnumerateArray().Select(model => model.GetProperty("path").GetString()))}";

    /// <summary>True where it tells of spectra before and after.</summary>
    public bool HasSpectra => Root.GetProperty("tensors").EnumerateArray().Any(tensor => tensor.GetProperty("after").ValueKind == JsonValueKind.Object);

    /// <summary>The document as it was read.</summary>
    internal JsonElement Root { get; }

    /// <summary>The document of a merge.</summary>
    public static MergeDocument Of(MergeResult merge) => Check(ResultDocument.Read(MergeJson.Of(merge), "merge"), "merge");

    /// <summary>Checks a document.</summary>
    /// <exception cref="ResultFormatException">It is no such merge.</exception>
    internal static MergeDocument Check(JsonElement root, string source)
    {
        MergeCheck.Require(DocumentPart.Of(root, source));
        return new(root);
    }
}
