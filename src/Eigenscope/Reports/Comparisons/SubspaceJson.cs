using System.Text.Json;
using Eigenscope.Comparison;

namespace Eigenscope.Reports;

/// <summary>Subspaces as a part of a document.</summary>
internal static class SubspaceJson
{
    /// <summary>Writes <c>subspaces</c>, or null; the overlap matrices only where they are wanted.</summary>
    public static void Write(Utf8JsonWriter json, SubspaceComparison? subspaces, bool withMatrices)
    {
        if (subspaces is null)
        {
            json.WriteNull("subspaces");
            return;
        }

        json.WriteStartObject("subspaces");
        json.WriteNumber("k", subspaces.Count);
        json.WriteNumber("looked_at", subspaces.LookedAt);
        json.WriteBoolean("complete", subspaces.IsComplete);
        JsonReport.WriteNumber(json, "cka", subspaces.KernelAlignment);
        WriteSide(json, "left", subspaces.Left, withMatrices);
        WriteSide(json, "right", subspaces.Right, withMatrices);
        json.WriteEndObject();
    }

    private static void WriteSide(Utf8JsonWriter json, string name, SideAgreement side, bool withMatrix)
    {
        json.WriteStartObject(name);
        json.WriteNumber("dimension", side.Spaces.Dimension);
        json.WriteNumber("overlap", side.Spaces.Overlap);
        json.WriteNumber("chance_overlap", side.Spaces.ChanceOverlap);
        json.WriteNumber("diagonal", side.Diagonal);
        json.WriteNumber("chance_diagonal", side.ChanceDiagonal);
        json.WriteNumber("best_match", side.BestMatch);
        json.WriteNumber("chance_best_match", side.ChanceBestMatch);
        json.WriteNumber("grassmann", side.Spaces.GrassmannDistance);
        json.WriteNumber("chordal", side.Spaces.ChordalDistance);
        json.WriteNumber("intruders", side.Intruders);
        JsonReport.WriteNumber(json, "share_of_change", side.ShareOfChange);
        json.WriteNumber("chance_share", side.ChanceShare);
        WriteNumbers(json, "angles", side.Spaces.Angles);
        if (withMatrix)
        {
            json.WriteStartArray("cosines");
            foreach (var row in side.Overlap)
            {
                WriteNumbers(json, null, row);
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    private static void WriteNumbers(Utf8JsonWriter json, string? name, IReadOnlyList<double> numbers)
    {
        if (name is not null)
        {
            json.WritePropertyName(name);
        }

        json.WriteStartArray();
        foreach (var number in numbers)
        {
            json.WriteNumberValue(number);
        }

        json.WriteEndArray();
    }
}
