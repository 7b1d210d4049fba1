namespace Eigenscope.EndToEnd.Page;

/// <summary>The views of a report of several models.</summary>
internal static class PageViews
{
    public const string Models = "#/models";
    public const string ModelLayer = "#/models/transformer.h.0.attn.c_attn.weight";
    public const string Overview = "#/model/2";
    public const string Layer = "#/model/2/layer/1";
    public const string SkippedLayer = "#/model/2/layer/0";
    public const string Metrics = "#/metrics";

    public const string Compared = "#/compared/0";
    public const string ComparedLayer = "#/compared/0/layer/1";

    /// <summary>The views of a report of a comparison that others do not have.</summary>
    public static readonly string[] OfComparison = [Compared, ComparedLayer];

    public const string Training = "#/training";
    public const string TrackedLayer = "#/training/transformer.h.0.attn.c_proj.weight";

    /// <summary>The views of a report of a training that others do not have.</summary>
    public static readonly string[] OfTraining = [Training, TrackedLayer];

    public const string Merge = "#/merge";
    public const string MergedTensor = "#/merge/tensor/1";

    /// <summary>The views of a report of a merge that others do not have.</summary>
    public static readonly string[] OfMerge = [Merge, MergedTensor, "#/merge/tensor/4"];

    /// <summary>The view of a report of a lesson.</summary>
    public const string Lesson = "#/lesson/by-hand";

    public static readonly string[] All = [Models, ModelLayer, Overview, Layer, SkippedLayer, Metrics];
}
