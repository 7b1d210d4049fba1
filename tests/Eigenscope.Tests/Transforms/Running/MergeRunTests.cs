using Eigenscope.Analysis;
using Eigenscope.Models;
using Eigenscope.Models.SafeTensors;
using Eigenscope.Tests.Models;
using Eigenscope.Tests.Models.Zip;
using Eigenscope.Transforms;
using Xunit;

namespace Eigenscope.Tests.Transforms.Running;

public sealed class MergeRunTests : IDisposable
{
    private static readonly TensorParameters None = new([], new Dictionary<string, object>(StringComparer.Ordinal));

    private readonly TemporaryFolder folder = new();
    private readonly List<Model> models = [];

    [Fact]
    public void A_model_comes_out_that_can_be_opened()
    {
        var plan = Plan(DType.F32);
        var merged = Run(plan, "out", new MergeOptions { ShardBytes = 1 << 16 });
        Assert.Equal(plan.Tensors.Select(tensor => tensor.Name), merged.Select(tensor => tensor.Name));
        using var made = Model.Open(At("out"));
        Assert.Equal(plan.Tensors.Select(tensor => tensor.Name).Order(StringComparer.Ordinal), made.Tensors.Select(tensor => tensor.Name).Order(StringComparer.Ordinal));
        Assert.True(File.Exists(At("out/model.safetensors.index.json")));
        Assert.False(Directory.Exists(At("out.partial")));
        Assert.False(File.Exists(At("out/merge.journal")));
        foreach (var tensor in made.Tensors.Where(tensor => tensor.Type == DType.F32))
        {
            double[] expected = [.. Values(tensor.Name, 0).Zip(Values(tensor.Name, 1), Values(tensor.Name, 2)).Select(x => (double)(float)(x.First + ((x.Second - x.First + (x.Third - x.First)) / 2)))];
            Assert.Equal(expected, Read(tensor));
        }
    }

    [Fact]
    public void A_tensor_that_is_copied_keeps_its_bytes()
    {
        Run(Plan(DType.F32), "out", new MergeOptions());
        using var made = Model.Open(At("out"));
        var positions = made.Tensors.Single(tensor => tensor.Name == "positions");
        Assert.Equal(DType.I64, positions.Type);
        Assert.Equal([.. Enumerable.Range(0, 100).SelectMany(i => BitConverter.GetBytes((long)i))], positions.Bytes.ReadArray(positions.Offset, positions.ByteCount));
    }

    [Fact]
    public void A_tensor_that_is_copied_into_another_type_is_rounded()
    {
        var model = Open(0);
        var plan = new MergePlan([model], null, [new("b", [64, 48], DType.BF16, null, null, [new PlannedInput(0, model.Tensors.Single(tensor => tensor.Name == "b"), None, false)], None)], []);
        var merged = Assert.Single(Run(plan, "out", new MergeOptions()));
        Assert.Equal(("copy", "converted"), (merged.Method, merged.Route));
        using var made = Model.Open(At("out"));
        var expected = new byte[2 * 64 * 48];
        Narrowing.ToNearest(DType.BF16, Values("b", 0), expected);
        Assert.Equal(expected, made.Tensors[0].Bytes.ReadArray(made.Tensors[0].Offset, expected.Length));
    }

    [Fact]
    public void Threads_change_no_byte()
    {
        Run(Plan(DType.BF16), "one", new MergeOptions { Threads = 1 });
        Run(Plan(DType.BF16), "two", new MergeOptions { Threads = 2 });
        Assert.Equal(File.ReadAllBytes(At("one/model.safetensors")), File.ReadAllBytes(At("two/model.safetensors")));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void An_interrupted_run_goes_on_to_the_same_bytes(int tensors)
    {
        var whole = Run(Plan(DType.BF16), "whole", new MergeOptions());
        Interrupt(tensors);
        using var run = MergeRun.Begin(Plan(DType.BF16), At("parts"), new MergeOptions { Resumes = true });
        var merged = run.Merge(progress: null, TestContext.Current.CancellationToken);
        run.Complete();
        Assert.Equal(tensors, run.Found);
        Assert.Equal(whole.Select(tensor => tensor.Digest), merged.Select(tensor => tensor.Digest));
        Assert.Equal(File.ReadAllBytes(At("whole/model.safetensors")), File.ReadAllBytes(At("parts/model.safetensors")));
    }

    [Fact]
    public void Bytes_that_changed_since_are_made_again()
    {
        Run(Plan(DType.BF16), "whole", new MergeOptions());
        Interrupt(2);
        var weights = At("parts.partial/model.safetensors");
        using (var file = File.OpenWrite(weights))
        {
            file.Position = file.Length / 4;
            file.Write(new byte[1000]);
        }

        File.AppendAllText(At("parts.partial/merge.journal"), "{\"Name\":\"broken o");
        using var run = MergeRun.Begin(Plan(DType.BF16), At("parts"), new MergeOptions { Resumes = true });
        run.Merge(progress: null, TestContext.Current.CancellationToken);
        run.Complete();
        Assert.Equal(1, run.Found);
        Assert.Equal(File.ReadAllBytes(At("whole/model.safetensors")), File.ReadAllBytes(At("parts/model.safetensors")));
    }

    [Fact]
    public void Another_plan_begins_anew()
    {
        Interrupt(2);
        using var run = MergeRun.Begin(Plan(DType.F32), At("parts"), new MergeOptions { Resumes = true });
        run.Merge(progress: null, TestContext.Current.CancellationToken);
        Assert.Equal(0, run.Found);
    }

    [Fact]
    public void Other_statistics_are_another_plan()
    {
        var (plan, options) = (Plan(DType.F32), new MergeOptions());
        var layout = MergeRun.Layout(plan, options);
        Assert.NotEqual(MergeJournal.Identity(plan with { Statistics = [Open(1)] }, layout, options), MergeJournal.Identity(plan, layout, options));
    }

    [Fact]
    public void What_a_run_that_failed_has_written_is_removed()
    {
        using (var run = MergeRun.Begin(Plan(DType.F32), At("out"), new MergeOptions()))
        {
            run.Merge(progress: null, TestContext.Current.CancellationToken);
            run.Abandon();
        }

        Assert.DoesNotContain(Directory.EnumerateFileSystemEntries(folder.Path), entry => Path.GetFileName(entry).StartsWith("out", StringComparison.Ordinal));
    }

    [Fact]
    public void A_folder_with_something_in_it_is_refused()
    {
        Directory.CreateDirectory(At("out"));
        File.WriteAllText(At("out/notes.txt"), "mine");
        Assert.Contains("there is something already", Assert.Throws<MergeException>(() => MergeRun.Begin(Plan(DType.F32), At("out"), new MergeOptions())).Message, StringComparison.Ordinal);
        Assert.Equal("mine", File.ReadAllText(At("out/notes.txt")));
    }

    [Fact]
    public void Files_of_another_layout_do_not_stay()
    {
        Interrupt(2);
        using var run = MergeRun.Begin(Plan(DType.BF16), At("parts"), new MergeOptions { Resumes = true, ShardBytes = 1 << 16 });
        run.Merge(progress: null, TestContext.Current.CancellationToken);
        run.Complete();
        Assert.False(File.Exists(At("parts/model.safetensors")));
        Assert.All(Directory.EnumerateFiles(At("parts")), file => Assert.StartsWith("model", Path.GetFileName(file), StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_second_run_into_one_folder_is_refused_and_leaves_the_first_alone(bool resumes)
    {
        using var first = MergeRun.Begin(Plan(DType.F32), At("out"), new MergeOptions());
        Assert.Contains("another run is writing it", Assert.Throws<MergeException>(() => MergeRun.Begin(Plan(DType.F32), At("out"), new MergeOptions { Resumes = resumes })).Message, StringComparison.Ordinal);
        first.Merge(progress: null, TestContext.Current.CancellationToken);
        first.Complete();
        Assert.Equal(["model.safetensors"], Directory.EnumerateFiles(At("out")).Select(Path.GetFileName));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void What_no_run_has_left_is_not_removed(bool resumes)
    {
        Directory.CreateDirectory(At("out.partial"));
        File.WriteAllText(At("out.partial/notes.txt"), "mine");
        Assert.Contains("left by no run", Assert.Throws<MergeException>(() => MergeRun.Begin(Plan(DType.F32), At("out"), new MergeOptions { Resumes = resumes })).Message, StringComparison.Ordinal);
        Assert.Equal("mine", File.ReadAllText(At("out.partial/notes.txt")));
    }

    [Theory]
    [InlineData(double.NaN, "element 2 of 'x' is NaN")]
    [InlineData(double.NegativeInfinity, "element 2 of 'x' is infinite")]
    [InlineData(1e5, "x: element 2 becomes 1E+05, which F16 cannot hold")]
    public void Numbers_that_cannot_be_merged_or_stored_are_told(double value, string message)
    {
        SafeTensorsWriter.Write(At("bad.safetensors"), [WrittenTensor.Of("x", [2, 2], new[] { 1, 2, value, 3 }, DType.F32)], cancellation: TestContext.Current.CancellationToken);
        var model = Model.Open(At("bad.safetensors"));
        models.Add(model);
        var plan = new MergePlan([model], null, [new("x", [2, 2], DType.F16, null, null, [new PlannedInput(0, model.Tensors[0], None, false)], None)], []);
        Assert.Contains(message, Assert.Throws<MergeException>(() => Run(plan, "out", new MergeOptions())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Norms_beyond_the_largest_number_are_left_out()
    {
        SafeTensorsWriter.Write(At("huge.safetensors"), [WrittenTensor.Of("x", [2, 2], new[] { 1e200, 2e200, 3e200, 4e200 }, DType.F64)], cancellation: TestContext.Current.CancellationToken);
        var model = Model.Open(At("huge.safetensors"));
        models.Add(model);
        var input = new PlannedInput(0, model.Tensors[0], None, false);
        var plan = new MergePlan([model], 0, [new("x", [2, 2], DType.F64, AverageOfChanges.Instance, input with { IsBase = true }, [input], None)], []);
        var merged = Assert.Single(Run(plan, "out", new MergeOptions()));
        Assert.Equal((null, null), (merged.Values["base_norm"], merged.Values["merged_norm"]));
    }

    [Fact]
    public void Whole_numbers_that_lie_in_another_order_are_copied()
    {
        byte[] stored = [.. Enumerable.Range(0, 6).SelectMany(i => BitConverter.GetBytes(i).Reverse())];
        var tensor = new Tensor("x", DType.I32, [3, 2], [1, 3], new MemoryBytes(stored), 0, bigEndian: true);
        var plan = new MergePlan([], null, [new("x", [3, 2], DType.I32, null, null, [new PlannedInput(0, tensor, None, false)], None)], []);
        Assert.Equal("copied", Assert.Single(Run(plan, "out", new MergeOptions())).Route);
        using var made = Model.Open(At("out"));
        Assert.Equal([.. new[] { 0, 3, 1, 4, 2, 5 }.SelectMany(BitConverter.GetBytes)], made.Tensors[0].Bytes.ReadArray(made.Tensors[0].Offset, 24));
    }

    [Fact]
    public void Too_little_memory_is_said_before()
    {
        var e = Assert.Throws<MergeException>(() => MergeRun.Begin(Plan(DType.F32), At("out"), new MergeOptions { MaxMemory = 1 << 20 }));
        Assert.Contains("--max-memory", e.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(At("out.partial")));
    }

    [Fact]
    public void Norms_cosines_conflicts_and_losses_are_those_of_the_elements()
    {
        var merged = Run(Plan(DType.BF16), "out", new MergeOptions()).Single(tensor => tensor.Name == "b");
        double[] w = Values("b", 0), x = Values("b", 1), y = Values("b", 2);
        double[] dx = [.. x.Zip(w, (a, b) => a - b)], dy = [.. y.Zip(w, (a, b) => a - b)], mean = [.. dx.Zip(dy, (a, b) => (a + b) / 2)];
        Near(Norm(w), merged.Values["base_norm"]);
        Near(Norm(mean), merged.Values["change_norm"]);
        Near(Norm(mean) / Norm(w), merged.Values["relative_change"]);
        Near(Norm(mean), merged.Values["average_change_norm"]);
        Near(Dot(dx, dy) / Norm(dx) / Norm(dy), Assert.Single(merged.Cosines));
        Near(Norm(dx), merged.Inputs[0].Values["change_norm"]);
        Near(Dot(dy, mean) / Norm(dy) / Norm(mean), merged.Inputs[1].Values["cosine_to_merged"]);
        Near(dx.Zip(dy).Count(d => d.First * d.Second < 0) / (double)dx.Zip(dy).Count(d => d.First * d.Second != 0), merged.Values["sign_conflicts"]);
        using var made = Model.Open(At("out"));
        var exact = w.Zip(mean, (a, b) => a + b);
        var lost = Norm([.. Read(made.Tensors.Single(tensor => tensor.Name == "b")).Zip(exact, (a, b) => a - b)]);
        Near(lost / Norm(mean), merged.Values["rounding_loss"]);
        Assert.Contains(merged.Warnings, warning => warning.Contains("loses", StringComparison.Ordinal));
    }

    [Fact]
    public void Rounding_at_random_keeps_the_change_on_average()
    {
        var nearest = Run(Plan(DType.BF16), "nearest", new MergeOptions());
        var random = Run(Plan(DType.BF16), "random", new MergeOptions { RoundsAtRandom = true, Seed = 3 });
        Assert.True(random.Single(tensor => tensor.Name == "b").Values["rounding_loss"] > nearest.Single(tensor => tensor.Name == "b").Values["rounding_loss"]);
        using var made = Model.Open(At("random"));
        double[] stored = Read(made.Tensors.Single(tensor => tensor.Name == "b")), w = Values("b", 0), x = Values("b", 1), y = Values("b", 2);
        double[] change = [.. x.Zip(y, w).Select(v => ((v.First + v.Second) / 2) - v.Third)];
        var kept = Dot([.. stored.Zip(w, (a, b) => a - b)], change) / Dot(change, change);
        Assert.Equal(1, kept, 0.05);
    }

    public void Dispose()
    {
        models.ForEach(model => model.Dispose());
        folder.Dispose();
    }

    private static void Near(double expected, double? actual) => Assert.Equal(expected, actual!.Value, 1e-10 * Math.Abs(expected));

    private static double Norm(double[] x) => Math.Sqrt(Dot(x, x));

    private static double Dot(double[] x, double[] y) => x.Zip(y, (a, b) => a * b).Sum();

    private static double[] Read(Tensor tensor)
    {
        var values = new double[tensor.Count];
        new TensorElements(tensor).Read(0, values);
        return values;
    }

    private string At(string name) => Path.Combine(folder.Path, name);

    /// <summary>Weights of size 1 with changes of a hundredth, all float32 numbers.</summary>
    private static double[] Values(string tensor, int model)
    {
        var (shared, own) = (new Random(tensor[0]), new Random((100 * model) + tensor[0]));
        return [.. Enumerable.Range(0, Count(tensor)).Select(_ => (double)(float)(shared.NextDouble() - 0.5 + (model == 0 ? 0 : 0.003 * (own.NextDouble() - 0.4))))];
    }

    private static int Count(string tensor) => tensor switch { "a" => 700 * 300, "b" => 64 * 48, "c" => 48, _ => 33 * 31 };

    private static long[] Shape(string tensor) => tensor switch { "a" => [700, 300], "b" => [64, 48], "c" => [48], _ => [33, 31] };

    private IReadOnlyList<MergedTensor> Run(MergePlan plan, string name, MergeOptions options)
    {
        using var run = MergeRun.Begin(plan, At(name), options);
        var merged = run.Merge(progress: null, TestContext.Current.CancellationToken);
        run.Complete();
        return merged;
    }

    /// <summary>A run that is stopped after so many tensors.</summary>
    private void Interrupt(int tensors)
    {
        using var stop = new CancellationTokenSource();
        using var run = MergeRun.Begin(Plan(DType.BF16), At("parts"), new MergeOptions());
        Assert.Throws<OperationCanceledException>(() => run.Merge(new StopAfter(tensors, stop), stop.Token));
    }

    private MergePlan Plan(DType type)
    {
        Model[] three = [.. Enumerable.Range(0, 3).Select(Open)];
        string[] names = ["a", "b", "c", "d"];
        return new MergePlan(three, 0, [.. names.Select(name => Planned(three, name, type)), Copied(three[0])], []);
    }

    private static PlannedTensor Planned(Model[] three, string name, DType type)
    {
        PlannedInput[] inputs = [.. three.Select((model, i) => new PlannedInput(i, model.Tensors.Single(tensor => tensor.Name == name), None, i == 0))];
        return new PlannedTensor(name, Shape(name), type, AverageOfChanges.Instance, inputs[0], inputs[1..], None);
    }

    private static PlannedTensor Copied(Model model) =>
        new("positions", [100], DType.I64, null, null, [new PlannedInput(0, model.Tensors.Single(tensor => tensor.Name == "positions"), None, true)], None);

    private Model Open(int model)
    {
        var path = At($"model{model}.safetensors");
        if (!File.Exists(path))
        {
            string[] names = ["a", "b", "c", "d"];
            SafeTensorsWriter.Write(
                path,
                [
                    .. names.Select(name => WrittenTensor.Of(name, Shape(name), Values(name, model), DType.F32)),
                    new WrittenTensor("positions", DType.I64, [100], stream => Enumerable.Range(0, 100).ToList().ForEach(i => stream.Write(BitConverter.GetBytes((long)i)))),
                ],
                cancellation: TestContext.Current.CancellationToken);
        }

        models.Add(Eigenscope.Models.Model.Open(path));
        return models[^1];
    }

    private sealed class StopAfter(int tensors, CancellationTokenSource stop) : IProgress<AnalysisProgress>
    {
        public void Report(AnalysisProgress value)
        {
            if (value.LayersDone == tensors)
            {
                stop.Cancel();
            }
        }
    }
}
