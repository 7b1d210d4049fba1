using Eigenscope.Models;
using Eigenscope.Tests.Models;
using Eigenscope.Tracking;
using Xunit;

namespace Eigenscope.Tests.Tracking;

public sealed class CheckpointSeriesTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_folder_of_folders_is_in_the_order_of_steps()
    {
        foreach (var step in (int[])[1000, 200, 30])
        {
            Runs.Write(folder.Path, step);
        }

        Directory.CreateDirectory(Path.Combine(folder.Path, "logs"));
        Directory.CreateDirectory(Path.Combine(folder.Path, "gradients"));
        File.WriteAllBytes(Path.Combine(folder.Path, "gradients", "step-00000001.safetensors"), Runs.Model(1, 1));
        Directory.CreateDirectory(Path.Combine(folder.Path, "tmp-checkpoint-2000"));
        File.WriteAllBytes(Path.Combine(folder.Path, "tmp-checkpoint-2000", "model.safetensors"), Runs.Model(1, 1));
        Assert.Equal([30, 200, 1000], Found(folder.Path));
        Assert.Equal([30, 200, 1000], Found(Path.Combine(folder.Path, "checkpoint-*")));
        Assert.Equal([200, 1000], Found(Path.Combine(folder.Path, "checkpoint-1000"), Path.Combine(folder.Path, "checkpoint-200") + Path.DirectorySeparatorChar));
        Assert.Equal([30, 200, 1000], Found(Path.Combine(folder.Path, "checkpoint-*", "model.safetensors")));
    }

    [Fact]
    public void A_folder_of_files_is_in_the_order_of_steps_and_shards_are_one_model()
    {
        File.WriteAllBytes(Path.Combine(folder.Path, "epoch_2.safetensors"), Runs.Model(1, 1));
        File.WriteAllBytes(Path.Combine(folder.Path, "epoch_10.safetensors"), Runs.Model(1, 2));
        File.WriteAllBytes(Path.Combine(folder.Path, "optimizer_10.pt"), [1]);
        var found = CheckpointSeries.Find([folder.Path]);
        Assert.Equal(("epoch", StepSource.Name), (found[0].Unit, found[0].Source));
        Assert.Equal([2, 10], found.Select(checkpoint => checkpoint.Step));

        using var shards = new TemporaryFolder();
        shards.Write("model-00001-of-00002.safetensors", Runs.Model(1, 1));
        shards.Write("model-00002-of-00002.safetensors", Runs.Model(1, 1));
        Assert.Equal(shards.Path, Assert.Single(CheckpointSeries.Find([shards.Path])).Path);
        Assert.Null(CheckpointFolder.MissingShards(shards.Path));
        File.Delete(Path.Combine(shards.Path, "model-00001-of-00002.safetensors"));
        Assert.Contains("1 of 2 shards", CheckpointFolder.MissingShards(shards.Path), StringComparison.Ordinal);
    }

    [Fact]
    public void Without_numbers_the_trainer_tells_and_else_the_time()
    {
        foreach (var (name, step, minutes) in new[] { ("best", 700, 2), ("last", 900, 1) })
        {
            var path = Path.Combine(folder.Path, name);
            Directory.CreateDirectory(path);
            File.WriteAllBytes(Path.Combine(path, "model.safetensors"), Runs.Model(1, step));
            File.WriteAllText(Path.Combine(path, "trainer_state.json"), $$"""{"global_step": {{step}}}""");
            File.SetLastWriteTimeUtc(Path.Combine(path, "model.safetensors"), new DateTime(2020, 1, 1, 0, minutes, 0, DateTimeKind.Utc));
            File.SetLastWriteTimeUtc(Path.Combine(path, "trainer_state.json"), new DateTime(2020, 1, 1, 0, minutes, 0, DateTimeKind.Utc));
        }

        var told = CheckpointSeries.Find([folder.Path]);
        Assert.Equal([(700, StepSource.Metadata), (900, StepSource.Metadata)], told.Select(checkpoint => ((int)checkpoint.Step!, checkpoint.Source)));
        File.WriteAllText(Path.Combine(folder.Path, "best", "trainer_state.json"), "{\"global_step\": ");
        File.SetLastWriteTimeUtc(Path.Combine(folder.Path, "best", "trainer_state.json"), new DateTime(2020, 1, 1, 0, 2, 0, DateTimeKind.Utc));
        var timed = CheckpointSeries.Find([folder.Path]);
        Assert.Equal(["last", "best"], timed.Select(checkpoint => Path.GetFileName(checkpoint.Path)));
        Assert.All(timed, checkpoint => Assert.Equal(StepSource.Time, checkpoint.Source));
    }

    [Fact]
    public void Two_trainings_are_refused()
    {
        foreach (var run in (string[])["one", "two"])
        {
            Runs.Write(Path.Combine(folder.Path, run), 100);
        }

        var error = Assert.Throws<ModelFormatException>(() => CheckpointSeries.Find([Path.Combine(folder.Path, "one", "checkpoint-100"), Path.Combine(folder.Path, "two", "checkpoint-100")]));
        Assert.Contains("the same name as", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_not_there_is_told()
    {
        Assert.Contains("holds no checkpoints", Refused(folder.Path), StringComparison.Ordinal);
        Assert.Contains("nothing matches", Refused(Path.Combine(folder.Path, "*.pt")), StringComparison.Ordinal);
        Assert.Contains("no such file", Refused(Path.Combine(folder.Path, "none.pt")), StringComparison.Ordinal);
        Assert.Contains("@step1000", Assert.Throws<ModelFormatException>(() => CheckpointSeries.Find(["hf://a/b@main", "hf://a/b@other"])).Message, StringComparison.Ordinal);
        Assert.Equal([1000, 2000], Found("hf://a/b@step2000", "hf://a/b@step1000"));
    }

    private static string Refused(string path) => Assert.Throws<ModelFormatException>(() => CheckpointSeries.Find([path])).Message;

    private static IEnumerable<long?> Found(params string[] paths) => CheckpointSeries.Find(paths).Select(checkpoint => checkpoint.Step);
}
