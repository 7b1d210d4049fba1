using System.Globalization;
using Eigenscope.LinearAlgebra;
using Eigenscope.Models;
using Eigenscope.Models.SafeTensors;
using Eigenscope.Training.Data;

namespace Eigenscope.Training.Files;

/// <summary>
/// A training whose checkpoints are folders, as Hugging Face's trainer leaves them: <c>RUN/checkpoint-100</c> with <c>model.safetensors</c>, <c>config.json</c>, <c>trainer_state.json</c>,
/// <c>optimizer.safetensors</c> and, where asked for, <c>gradients.safetensors</c>. A checkpoint has a name that begins with a dot until it is complete, so whatever ends a run leaves complete ones alone.
/// </summary>
public static class TrainingFolder
{
    private const string Prefix = "checkpoint-";
    private const string Partial = ".partial";
    private const string Config = "config.json";
    private const string State = "trainer_state.json";
    private const string Optimizer = "optimizer.safetensors";

    /// <summary>Trains into a folder.</summary>
    /// <param name="run">The folder; made where it is not there.</param>
    /// <param name="options">What is trained, on what, and how.</param>
    /// <param name="resume">True to go on from the newest complete checkpoint, with the bytes that an uninterrupted run would have written; false for a new run, whose folder must be empty.</param>
    /// <param name="progress">Is told of every step.</param>
    /// <param name="cancellation">Stops the training within a step; the checkpoints so far remain.</param>
    /// <returns>The log of all checkpoints, those before a continuation included.</returns>
    /// <exception cref="TrainingException">The options, the data or the folder cannot be used, or the training diverges.</exception>
    /// <exception cref="IOException">A file cannot be written.</exception>
    public static IReadOnlyList<TrainingLogEntry> Train(string run, TrainingOptions options, bool resume = false, IProgress<TrainingProgress>? progress = null, CancellationToken cancellation = default)
    {
        options.Check();
        RequireUsable(run, resume);
        var data = TrainingData.Of(options, cancellation);
        using var execution = Execution.On(options.Threads, cancellation);
        var trainer = new Trainer(options, data, execution);
        var config = ConfigJson.Of(options, data);
        var log = resume && Newest(run) is { } newest ? Restore(newest, config, trainer) : [];
        Directory.CreateDirectory(run);
        RemovePartial(run);
        TrainingRun.Run(
            trainer,
            options,
            () =>
            {
                log.Add(trainer.Log());
                WriteCheckpoint(run, trainer, options, config, log);
            },
            gradient => WriteGradient(run, gradient, options),
            progress,
            cancellation);
        return log;
    }

    /// <summary>The complete checkpoint of the highest step; null where there is none.</summary>
    /// <param name="run">The folder of a run.</param>
    public static string? Newest(string run) => !Directory.Exists(run)
        ? null
        : Directory.EnumerateDirectories(run, Prefix + "*").Where(folder => Step(folder) is not null).MaxBy(folder => Step(folder));

    private static int? Step(string folder) =>
        int.TryParse(Path.GetFileName(folder)[Prefix.Length..], NumberStyles.None, CultureInfo.InvariantCulture, out var step) ? step : null;

    private static void RequireUsable(string run, bool resume)
    {
        TrainingException.Require(!File.Exists(run), $"{run}: this is a file, a folder for the run is wanted");
        var entries = Directory.Exists(run) ? Directory.EnumerateFileSystemEntries(run).Select(entry => Path.GetFileName(entry)!).ToList() : [];
        TrainingException.Require(resume || entries.Count == 0, $"{run}: the folder is not empty; a run that was begun there goes on with --resume");
        TrainingException.Require(entries.TrueForAll(entry => entry.EndsWith(Partial, StringComparison.Ordinal)) || Newest(run) is not null, $"{run}: the folder is not empty and holds no checkpoint to go on from");
    }

    private static List<TrainingLogEntry> Restore(string checkpoint, byte[] config, Trainer trainer)
    {
        foreach (var name in (string[])[Config, State, Optimizer])
        {
            TrainingException.Require(File.Exists(Path.Combine(checkpoint, name)), $"{checkpoint}: {name} is missing, so the run cannot go on");
        }

        var difference = ConfigJson.Difference(File.ReadAllBytes(Path.Combine(checkpoint, Config)), config);
        TrainingException.Require(difference is null, $"{checkpoint} is of another run: {difference}");
        OptimizerFile.Read(Path.Combine(checkpoint, Optimizer), trainer);
        trainer.RestoreAt(Step(checkpoint)!.Value);
        return TrainerStateJson.Log(Path.Combine(checkpoint, State));
    }

    private static void RemovePartial(string run)
    {
        foreach (var folder in Directory.EnumerateDirectories(run, "." + Prefix + "*" + Partial))
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void WriteCheckpoint(string run, Trainer trainer, TrainingOptions options, byte[] config, IReadOnlyList<TrainingLogEntry> log)
    {
        var name = Prefix + trainer.Step.ToString(CultureInfo.InvariantCulture);
        var partial = Path.Combine(run, $".{name}{Partial}");
        Directory.CreateDirectory(partial);
        try
        {
            WriteFiles(partial, trainer, options, config, log);
        }
        catch
        {
            Directory.Delete(partial, recursive: true);
            throw;
        }

        Directory.Move(partial, Path.Combine(run, name));
    }

    private static void WriteFiles(string folder, Trainer trainer, TrainingOptions options, byte[] config, IReadOnlyList<TrainingLogEntry> log)
    {
        WriteModel(Path.Combine(folder, "model.safetensors"), trainer, options);
        OptimizerFile.Write(Path.Combine(folder, Optimizer), trainer);
        File.WriteAllBytes(Path.Combine(folder, Config), config);
        File.WriteAllBytes(Path.Combine(folder, State), TrainerStateJson.Of(options, log));
        if (trainer.MeasureGradients() is { Count: > 0 } gradients)
        {
            GradientFiles.WriteStatistics(Path.Combine(folder, "gradients.safetensors"), gradients, options, trainer.Step, trainer.NextRate);
        }
    }

    private static void WriteModel(string path, Trainer trainer, TrainingOptions options) => SafeTensorsWriter.Write(
        path,
        [.. trainer.Network.Parameters.Select(parameter => WrittenTensor.Of(parameter.Name, parameter.LongShape, parameter.Value.Values.AsMemory(0, parameter.Value.Count), options.StoresDouble ? DType.F64 : DType.F32))],
        [new("format", "pt")]);

    private static void WriteGradient(string run, KeptGradient gradient, TrainingOptions options)
    {
        var folder = Directory.CreateDirectory(Path.Combine(run, "gradients")).FullName;
        GradientFiles.WriteGradient(Path.Combine(folder, $"step-{gradient.Step.ToString("D8", CultureInfo.InvariantCulture)}.safetensors"), gradient, options);
    }
}
