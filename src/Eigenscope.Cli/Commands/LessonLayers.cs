using Eigenscope.Analysis;
using Eigenscope.Cli.Terminal;
using Eigenscope.Learning;
using Eigenscope.Models;

namespace Eigenscope.Cli.Commands;

/// <summary>The layers that a lesson is worked on: those that are named, or the sample's.</summary>
internal static class LessonLayers
{
    private const string SampleLayer = "transformer.h.0.attn.c_attn.weight";

    /// <summary>What the words behind a lesson mean; none for a lesson that is worked on no layer.</summary>
    /// <exception cref="UsageException">They are not what the lesson is worked on, or no sample is at hand.</exception>
    public static IReadOnlyList<LayerReading> Of(LessonTopic topic, string[] subject, ProgressWish progress, CancellationToken cancellation) => (topic.Needs, subject) switch
    {
        (LessonSubject.Layer, []) => [Read(Sample("tiny-gpt", topic), SampleLayer, progress, cancellation)],
        (LessonSubject.Layer, [var model, var name]) => [Read(model, name, progress, cancellation)],
        (LessonSubject.Layer, _) => throw new UsageException($"{topic.Name} is worked on a MODEL and the NAME of a layer in it; inspect MODEL lists them"),
        (LessonSubject.TwoLayers, []) => [Read(Sample("tiny-gpt-step0", topic), SampleLayer, progress, cancellation), Read(Sample("tiny-gpt", topic), SampleLayer, progress, cancellation)],
        (LessonSubject.TwoLayers, [var before, var after, var name]) => [Read(before, name, progress, cancellation), Read(after, name, progress, cancellation)],
        (LessonSubject.TwoLayers, _) => throw new UsageException($"{topic.Name} is worked on the model BEFORE its training, AFTER it, and the NAME of a layer in both"),
        (_, []) => [],
        _ => throw new UsageException($"{topic.Name} is worked on no model; --matrix gives it another matrix"),
    };

    private static LayerReading Read(string path, string name, ProgressWish progress, CancellationToken cancellation)
    {
        using var model = Model.Open(path);
        var options = new AnalysisOptions();
        var chosen = LayerChoice.Of(model, name, options.Table);
        options = options with { Filter = new LayerFilter([], [], []) { Only = chosen } };
        var analysis = ProgressDisplay.Run(progress, shown => ModelAnalysis.Of(model, options, shown, cancellation));
        return LayerReading.Of(model.Path, analysis.Layers.First(layer => layer.Layer.Name == chosen));
    }

    /// <summary>A sample of the repository: below the current folder, or one of those above the tool.</summary>
    private static string Sample(string name, LessonTopic topic)
    {
        var relative = Path.Combine("samples", name);
        if (Directory.Exists(relative))
        {
            return relative;
        }

        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (Directory.Exists(Path.Combine(folder.FullName, relative)))
            {
                return Path.Combine(folder.FullName, relative);
            }
        }

        throw new UsageException($"{relative} is not at hand; say what {topic.Name} is worked on: {(topic.Needs == LessonSubject.Layer ? "MODEL NAME" : "BEFORE AFTER NAME")}");
    }
}
