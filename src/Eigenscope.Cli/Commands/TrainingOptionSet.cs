using System.CommandLine;
using System.Globalization;
using Eigenscope.Cli.Terminal;
using Eigenscope.Training;

namespace Eigenscope.Cli.Commands;

/// <summary>The argument and the options of <c>train</c>. What is not given is as <see cref="TrainingOptions.For"/> has it for the network.</summary>
internal sealed class TrainingOptionSet
{
    private const string MlpOnly = "mlp";
    private const string Blocks = "transformer vit";

    private readonly Argument<string> network = new("NETWORK") { Description = "mlp, transformer (characters) or vit (images)" };
    private readonly Option<string> folder = new("--out", "-o") { Description = "the folder of the run: checkpoint-0, checkpoint-100, ...", HelpName = "RUN", Required = true };
    private readonly Option<bool> resume = new("--resume") { Description = "go on from the newest complete checkpoint; the other options as they were" };

    private readonly Option<int?> width = NumberOption.Whole("--width", "of hidden layers, or of the stream", 1, 8192);
    private readonly Option<int?> depth = NumberOption.Whole("--depth", "hidden layers (0 for a linear map), or blocks", 0, 64);
    private readonly Option<int?> heads = NumberOption.Whole("--heads", "attention heads, a divisor of the width (transformer, vit)", 1, 8192);
    private readonly Option<int?> factor = NumberOption.Whole("--mlp-factor", "the width within a feed-forward network over that of the stream (transformer, vit)", 1, 16);
    private readonly Option<int?> context = NumberOption.Whole("--context", "characters that are seen (transformer)", 1, 4096);
    private readonly Option<int?> patch = NumberOption.Whole("--patch", "rows and columns of a patch (vit)", 1, 64);
    private readonly Option<string?> pool = ChoiceOption.Create("--pool", "the row of a class token, or the mean of all (vit)", hasDefault: false, "class", "mean");
    private readonly Option<bool> tied = new("--tied") { Description = "the head is the table of tokens (transformer)" };
    private readonly Option<bool> noBias = new("--no-bias") { Description = "no biases (mlp)" };
    private readonly Option<string?> activation = ChoiceOption.Create("--activation", "the function between linear maps; mlp relu, others gelu", hasDefault: false, "relu", "gelu", "tanh", "silu", "identity");
    private readonly Option<double?> initialScale = NumberOption.Real("--init-scale", "a factor on the weights before training", 0, double.MaxValue);

    private readonly Option<string?> data = new("--data") { Description = "digits, linear or teacher (mlp), grammar (transformer), a text file, or a folder or file of MNIST's format", HelpName = "DATA" };
    private readonly Option<long> dataSeed = SeedOption.Create("--data-seed", "seed of the data and of what is held out");
    private readonly Option<int?> examples = NumberOption.Whole("--examples", "for training, where they are made; 50 characters of a grammar each", 1, 1_000_000);
    private readonly Option<int?> heldOut = NumberOption.Whole("--held-out", "examples, or windows of a text, that are held out", 1, 1_000_000);
    private readonly Option<int?> side = NumberOption.Whole("--side", "rows and columns of drawn digits, such as 16 or 28", 8, 64);
    private readonly Option<int?> inputs = NumberOption.Whole("--inputs", "of a teacher", 1, 8192);
    private readonly Option<int?> outputs = NumberOption.Whole("--outputs", "of a linear teacher, or classes", 1, 8192);
    private readonly Option<int?> rank = NumberOption.Whole("--rank", "of a linear teacher", 1, 8192);
    private readonly Option<double?> condition = NumberOption.Real("--condition", "the largest variance of an input over the smallest (linear)", 1, double.MaxValue);
    private readonly Option<double?> noise = NumberOption.Real("--noise", "of targets (linear) or pixels (digits), or the share of wrong labels (teacher)", 0, double.MaxValue);

    private readonly Option<string?> loss = ChoiceOption.Create("--loss", "cross-entropy, or half the squared distance to targets or unit vectors of classes", hasDefault: false, "cross-entropy", "mse");
    private readonly Option<string?> optimizer = ChoiceOption.Create("--optimizer", "sgd (mlp) or adamw (others)", hasDefault: false, "sgd", "adamw");
    private readonly Option<double?> rate = NumberOption.Real("--lr", "the learning rate, or the highest of a schedule", 0, double.MaxValue);
    private readonly Option<double?> momentum = NumberOption.Real("--momentum", "heavy-ball momentum of sgd", 0, 1);
    private readonly Option<double?> beta1 = NumberOption.Real("--beta1", "of adamw", 0, 1);
    private readonly Option<double?> beta2 = NumberOption.Real("--beta2", "of adamw", 0, 1);
    private readonly Option<double?> decay = NumberOption.Real("--weight-decay", "of weight matrices", 0, double.MaxValue);
    private readonly Option<double?> clip = NumberOption.Real("--clip", "the largest length of the whole gradient", 0, double.MaxValue);
    private readonly Option<int?> warmUp = NumberOption.Whole("--warmup", "steps over which the rate rises", 0, int.MaxValue);
    private readonly Option<string?> schedule = ChoiceOption.Create("--schedule", "after the warm-up", hasDefault: false, "constant", "cosine");

    private readonly Option<int?> steps = NumberOption.Whole("--steps", "updates", 1, int.MaxValue);
    private readonly Option<int?> batch = NumberOption.Whole("--batch", "examples of a mini-batch", 1, 1_000_000);
    private readonly Option<bool> independent = new("--independent") { Description = "draw every mini-batch with replacement, instead of all examples in turn" };
    private readonly Option<long> seed = SeedOption.Create("--seed", "seed of weights and mini-batches");
    private readonly Option<int?> threads = NumberOption.Whole("--threads", "threads; never changes a bit", 1, 4096);

    private readonly Option<int?> saveEvery = NumberOption.Whole("--save-every", "a checkpoint each K steps; without this and the next two, ten in all", 1, int.MaxValue);
    private readonly Option<string?> saveAt = new("--save-at") { Description = "checkpoints after these steps, and the last", HelpName = "0,10,30,..." };
    private readonly Option<int?> saveLog = NumberOption.Whole("--save-log", "this many checkpoints in each factor of ten", 1, 1000);
    private readonly Option<int?> gradients = NumberOption.Whole("--gradients", "at each checkpoint, statistics of the gradients of K independent mini-batches", 2, 1_000_000);
    private readonly Option<string?> saveGradients = new("--save-gradients") { Description = "keep the gradient of every step between these", HelpName = "FROM:TO" };
    private readonly Option<bool> stored = new("--float64") { Description = "store weights as float64 instead of float32" };

    private readonly Option<string?> format = ChoiceOption.Create("--format", "of the log on standard output: table for people, json or csv for programs", hasDefault: true, "table", "json", "csv");
    private readonly Option<bool> quiet = new("--quiet", "-q") { Description = "no progress on standard error" };
    private readonly Option<bool> noColor = new("--no-color") { Description = "no colours (NO_COLOR does the same)" };

    /// <summary>Which networks, or which data, an option goes with.</summary>
    private readonly (Option Option, string With)[] limited;

    public TrainingOptionSet(Command command)
    {
        network.AcceptOnlyFromAmong("mlp", "transformer", "vit");
        command.Arguments.Add(network);
        foreach (var option in (Option[])
        [
            folder, resume, width, depth, heads, factor, context, patch, pool, tied, noBias, activation, initialScale,
            data, dataSeed, examples, heldOut, side, inputs, outputs, rank, condition, noise,
            loss, optimizer, rate, momentum, beta1, beta2, decay, clip, warmUp, schedule,
            steps, batch, independent, seed, threads, saveEvery, saveAt, saveLog, gradients, saveGradients, stored, format, quiet, noColor,
        ])
        {
            command.Options.Add(option);
        }

        limited =
        [
            (heads, Blocks), (factor, Blocks), (context, "transformer"), (patch, "vit"), (pool, "vit"), (tied, "transformer"), (noBias, MlpOnly),
            (side, "digits"), (inputs, "linear teacher"), (outputs, "linear teacher"), (rank, "linear"), (condition, "linear"), (noise, "digits linear teacher"),
            (examples, "digits linear teacher grammar"), (momentum, "sgd"), (beta1, "adamw"), (beta2, "adamw"),
        ];
    }

    /// <summary>The folder of the run.</summary>
    public string Folder(ParseResult parsed) => parsed.GetValue(folder)!;

    /// <summary>True where a run is to go on.</summary>
    public bool Resumes(ParseResult parsed) => parsed.GetValue(resume);

    /// <summary>What the user wants of progress.</summary>
    public ProgressWish Progress(ParseResult parsed) => new(parsed.GetValue(quiet), parsed.GetValue(noColor));

    /// <summary>Writes the log in the format that was asked for.</summary>
    public void Write(ParseResult parsed, Action<TextScreen> table, Func<byte[]> json, Func<byte[]> csv)
    {
        switch (parsed.GetValue(format))
        {
            case "json":
                OutputFile.Write(null, json());
                break;
            case "csv":
                OutputFile.Write(null, csv());
                break;
            default:
                var screen = TextScreen.ForStandardOutput(parsed.GetValue(noColor));
                table(screen);
                OutputFile.Write(null, screen.Content);
                break;
        }
    }

    /// <summary>What is trained, on what, and how.</summary>
    /// <exception cref="UsageException">Options do not go together.</exception>
    public TrainingOptions Read(ParseResult parsed)
    {
        var kind = Enum.Parse<NetworkKind>(parsed.GetValue(network)!, ignoreCase: true);
        var usual = TrainingOptions.For(kind);
        var (chosen, name) = ReadData(parsed, kind, usual.Data);
        var updates = ReadOptimizer(parsed, usual.Optimizer);
        RequireFitting(parsed, [parsed.GetValue(network)!, name, updates.Kind.ToString().ToLowerInvariant()]);
        var count = parsed.GetValue(steps) ?? usual.Steps;
        return usual with
        {
            Network = ReadNetwork(parsed, usual.Network),
            Data = chosen,
            Optimizer = updates with { WarmUp = parsed.GetValue(warmUp) ?? Math.Min(updates.WarmUp, count) },
            Loss = parsed.GetValue(loss) switch { "mse" => LossKind.Squares, "cross-entropy" => LossKind.CrossEntropy, _ => chosen.Kind == DataKind.LinearTeacher ? LossKind.Squares : usual.Loss },
            Steps = count,
            BatchSize = parsed.GetValue(batch) ?? usual.BatchSize,
            IndependentBatches = parsed.GetValue(independent),
            Seed = parsed.GetValue(seed),
            SaveAt = ReadCheckpoints(parsed, count),
            GradientBatches = parsed.GetValue(gradients) ?? 0,
            KeptGradients = ReadKept(parsed.GetValue(saveGradients)),
            StoresDouble = parsed.GetValue(stored),
            Threads = parsed.GetValue(threads) ?? 1,
        };
    }

    private NetworkOptions ReadNetwork(ParseResult parsed, NetworkOptions usual) => usual with
    {
        Width = parsed.GetValue(width) ?? usual.Width,
        Depth = parsed.GetValue(depth) ?? usual.Depth,
        Heads = parsed.GetValue(heads) ?? usual.Heads,
        InnerFactor = parsed.GetValue(factor) ?? usual.InnerFactor,
        Context = parsed.GetValue(context) ?? usual.Context,
        Patch = parsed.GetValue(patch) ?? usual.Patch,
        PoolsMean = parsed.GetValue(pool) == "mean",
        IsTied = parsed.GetValue(tied),
        Biases = !parsed.GetValue(noBias),
        Activation = parsed.GetValue(activation) is { } word ? Enum.Parse<ActivationKind>(word, ignoreCase: true) : usual.Activation,
        InitialScale = parsed.GetValue(initialScale) ?? usual.InitialScale,
    };

    /// <summary>The data and their word; a path is text for a transformer, else images.</summary>
    private (DataOptions Data, string Name) ReadData(ParseResult parsed, NetworkKind kind, DataOptions usual)
    {
        var word = parsed.GetValue(data) ?? (kind == NetworkKind.Transformer ? "grammar" : "digits");
        DataKind? made = word switch { "digits" => DataKind.Digits, "linear" => DataKind.LinearTeacher, "teacher" => DataKind.ClassTeacher, "grammar" => DataKind.Grammar, _ => null };
        if (made is null && !Path.Exists(word))
        {
            throw new UsageException($"--data '{word}' is none of digits, linear, teacher, grammar, and there is no such file");
        }

        return (usual with
        {
            Kind = made ?? (kind == NetworkKind.Transformer ? DataKind.TextFile : DataKind.ImageFiles),
            Path = made is null ? word : null,
            Seed = parsed.GetValue(dataSeed),
            Examples = parsed.GetValue(examples) ?? usual.Examples,
            HeldOut = parsed.GetValue(heldOut) ?? usual.HeldOut,
            Side = parsed.GetValue(side) ?? usual.Side,
            Inputs = parsed.GetValue(inputs) ?? usual.Inputs,
            Outputs = parsed.GetValue(outputs) ?? usual.Outputs,
            Rank = parsed.GetValue(rank) ?? usual.Rank,
            Condition = parsed.GetValue(condition) ?? usual.Condition,
            Noise = parsed.GetValue(noise) ?? (made == DataKind.ClassTeacher ? 0 : usual.Noise),
        }, made is null ? "a file" : word);
    }

    /// <summary>Another optimiser than the usual one begins with the rate that is usual for it.</summary>
    private OptimizerOptions ReadOptimizer(ParseResult parsed, OptimizerOptions usual)
    {
        var kind = parsed.GetValue(optimizer) switch { "sgd" => OptimizerKind.Sgd, "adamw" => OptimizerKind.AdamW, _ => usual.Kind };
        return usual with
        {
            Kind = kind,
            LearningRate = parsed.GetValue(rate) ?? (kind == usual.Kind ? usual.LearningRate : kind == OptimizerKind.Sgd ? 0.1 : 1e-3),
            Momentum = parsed.GetValue(momentum) ?? usual.Momentum,
            Beta1 = parsed.GetValue(beta1) ?? usual.Beta1,
            Beta2 = parsed.GetValue(beta2) ?? usual.Beta2,
            WeightDecay = parsed.GetValue(decay) ?? usual.WeightDecay,
            ClipNorm = parsed.GetValue(clip),
            Cosine = parsed.GetValue(schedule) switch { "cosine" => true, "constant" => false, _ => usual.Cosine },
        };
    }

    private void RequireFitting(ParseResult parsed, string[] chosen)
    {
        foreach (var (option, with) in limited.Where(one => parsed.GetResult(one.Option) is { Implicit: false }))
        {
            if (!with.Split(' ').Intersect(chosen, StringComparer.Ordinal).Any())
            {
                throw new UsageException($"{option.Name} goes with {with.Replace(" ", " or ", StringComparison.Ordinal)}, not with {string.Join(", ", chosen)}");
            }
        }
    }

    private IReadOnlyList<int> ReadCheckpoints(ParseResult parsed, int count)
    {
        var (every, at, logarithmic) = (parsed.GetValue(saveEvery), parsed.GetValue(saveAt), parsed.GetValue(saveLog));
        if ((every is null ? 0 : 1) + (at is null ? 0 : 1) + (logarithmic is null ? 0 : 1) > 1)
        {
            throw new UsageException("--save-every, --save-at and --save-log exclude each other");
        }

        return at is not null ? ReadSteps(at)
            : logarithmic is { } perDecade ? CheckpointSteps.Logarithmic(perDecade, count)
            : CheckpointSteps.Every(every ?? Math.Max(1, count / 10), count);
    }

    private static List<int> ReadSteps(string list) =>
        [.. list.Split(',').Select(text => Step(text) ?? throw new UsageException($"--save-at '{list}' is not a list of steps such as 0,10,30,100")).Distinct().Order()];

    private static (int From, int To)? ReadKept(string? range)
    {
        if (range is null)
        {
            return null;
        }

        return range.Split(':') is [var first, var last] && Step(first) is { } from && Step(last) is { } to && from <= to
            ? (from, to)
            : throw new UsageException($"--save-gradients '{range}' is not FROM:TO, such as 100:200");
    }

    private static int? Step(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var step) ? step : null;
}
