using System.CommandLine;
using System.Globalization;
using Eigenscope.Dynamics;
using Eigenscope.LinearAlgebra;
using Eigenscope.Models;
using Eigenscope.Models.Layers;

namespace Eigenscope.Cli.Commands;

/// <summary>The options of <c>simulate</c>.</summary>
internal sealed class SimulationOptionSet
{
    private const string Values = "values=", Variance = "random=";
    private const int MostSide = 100_000;
    private const int MostFitted = 20_000;

    private readonly Option<int?> rows = Count("--rows", "the longer side N of the matrix", 1, MostSide);
    private readonly Option<int?> columns = Count("--cols", "the shorter side M", 1, MostSide);
    private readonly Option<string?> start = new("--start") { Description = "where all paths start: independent normal elements of a variance, 1/N unless given (random, random=V); the zero matrix; or given eigenvalues lambda of W^T W", HelpName = "random|zeros|values=L1,L2,...", DefaultValueFactory = _ => "random" };
    private readonly Option<string?> startModel = new("--start-model") { Description = "start from a layer of this model", HelpName = "MODEL" };
    private readonly Option<string?> startLayer = new("--start-layer") { Description = "the layer's full name as inspect lists it, or a pattern with * and ? that only it matches", HelpName = "NAME" };
    private readonly Option<string?> drift = ChoiceOption.Create("--drift", "no drift, weight decay -beta W, or a pull -beta (W - T) towards a target", hasDefault: true, "none", "decay", "pull");
    private readonly Option<double?> beta = Number("--beta", "the rate beta of decay or pull", positive: false);
    private readonly Option<double[]?> target = List("--target", "the eigenvalues of the target of a pull, which has the coordinates as singular vectors");
    private readonly Option<double?> noise = Number("--noise", "s: every element moves by s dB (default 1)", positive: false);
    private readonly Option<double?> kappa = Number("--kappa", "noise that grows with a singular value: kappa sigma dB along each mode, beside s dB", positive: false);
    private readonly Option<double?> until = Number("--until", "the last time (default 1)", positive: true);
    private readonly Option<int?> outputs = Count("--outputs", "at how many equal times results are wanted (default 8)", 1, 10_000);
    private readonly Option<double[]?> times = List("--times", "the times themselves, ascending");
    private readonly Option<double?> step = Number("--step", "the longest step, where steps are needed (default 0.01)", positive: true);
    private readonly Option<int?> paths = Count("--paths", "how many paths (default 1000)", 2, 10_000_000);
    private readonly Option<string?> integrator = ChoiceOption.Create("--integrator", "follow the matrix (exact without --kappa), the singular values alone by implicit steps, or the eigenvalues by short explicit ones", hasDefault: true, "matrix", "singular-values", "explicit");
    private readonly Option<bool> paperCompat = new("--paper-compat") { Description = "the drift of singular values of arXiv 2507.12709, about half of what noise causes in a matrix: not equal in law to the matrix process" };
    private readonly Option<int?> fit = Count("--fit", "fit stationary laws to the eigenvalues of all paths at the last time, with p-values from B samples each", 0, 100_000, "B");
    private readonly Option<int?> threads = Count("--threads", "how many paths are followed at the same time; never changes a number", 1, 4096);
    private readonly Option<long> seed = SeedOption.Create("--seed", "seed of whatever is drawn at random");

    public SimulationOptionSet(Command command)
    {
        foreach (var option in (Option[])[rows, columns, start, startModel, startLayer, drift, beta, target, noise, kappa, until, outputs, times, step, paths, integrator, paperCompat, fit, threads, seed])
        {
            command.Options.Add(option);
        }
    }

    /// <summary>What is to be simulated.</summary>
    /// <exception cref="UsageException">Options are missing or do not go together.</exception>
    public SimulationOptions Read(ParseResult parsed)
    {
        var from = Start(parsed);
        return new SimulationOptions
        {
            Start = from,
            Times = Times(parsed),
            Drift = Drift(parsed, from),
            Noise = parsed.GetValue(kappa) is > 0 and var k ? MatrixNoise.Multiplicative(parsed.GetValue(noise) ?? 1, k) : MatrixNoise.Isotropic(parsed.GetValue(noise) ?? 1),
            Integrator = parsed.GetValue(integrator) switch { "singular-values" => Integrator.SingularValues, "explicit" => Integrator.Explicit, _ => Integrator.Matrix },
            Step = parsed.GetValue(step) ?? 0.01,
            Paths = parsed.GetValue(paths) ?? 1000,
            PaperCompat = parsed.GetValue(paperCompat),
            Seed = parsed.GetValue(seed),
            Threads = Threads(parsed),
        };
    }

    /// <summary>Laws fitted to the last eigenvalues, where that is asked for.</summary>
    public StationaryFit? Fit(ParseResult parsed, PathEnsemble ensemble, CancellationToken cancellation)
    {
        if (parsed.GetValue(fit) is not { } replicates)
        {
            return null;
        }

        var options = ensemble.Options;
        var several = new StationaryFitOptions(replicates, options.Seed, options.Threads)
        {
            Columns = ensemble.Size,
            Beta = options.Noise.Kappa > 0 ? options.Drift.Rate : null,
            Kappa = options.Noise.Kappa > 0 ? options.Noise.Kappa : null,
        };
        var pooled = ensemble.Pooled(options.Times.Count - 1).AsSpan();
        var (result, reason) = StationaryFit.Of(pooled[..Math.Min(pooled.Length, MostFitted)], options.Start.Rows, several, cancellation);
        return result ?? throw new UsageException($"--fit: {reason}");
    }

    private int Threads(ParseResult parsed) => parsed.GetValue(threads) ?? Environment.ProcessorCount;

    private SimulationStart Start(ParseResult parsed)
    {
        if (parsed.GetValue(startModel) is { } path)
        {
            return parsed.GetValue(rows) is not null || parsed.GetValue(columns) is not null
                ? throw new UsageException("--start-model brings its own shape; --rows and --cols do not go with it")
                : OfModel(path, parsed.GetValue(startLayer) ?? throw new UsageException("--start-model goes with --start-layer, the layer to start from"));
        }

        var word = parsed.GetValue(start)!;
        var lambda = word.StartsWith(Values, StringComparison.Ordinal) ? ParseList(word[Values.Length..]) : null;
        if (lambda is null && word is not ("random" or "zeros") && ParseVariance(word) is null)
        {
            throw new UsageException($"--start '{word}' is not random, random=V, zeros or values=L1,L2,... with numbers from 0");
        }

        if (parsed.GetValue(startLayer) is not null)
        {
            throw new UsageException("--start-layer goes with --start-model, the model that has the layer");
        }

        var m = parsed.GetValue(columns) ?? lambda?.Length ?? throw new UsageException("--rows and --cols, the sides of the matrix, are missing");
        var n = parsed.GetValue(rows) ?? throw new UsageException("--rows, the longer side of the matrix, is missing");
        if (n < m)
        {
            throw new UsageException($"--rows {n} is below --cols {m}: exchange them, the eigenvalues are the same");
        }

        return lambda is { } given && given.Length != m ? throw new UsageException($"--start gives {given.Length} eigenvalues, and --cols is {m}")
            : lambda is not null ? SimulationStart.Eigenvalues(n, lambda)
            : word == "zeros" ? SimulationStart.Zeros(n, m)
            : (long)n * m > 1 << 28 ? throw new UsageException($"{n} x {m} is too large a matrix to draw; --start values=... and --integrator singular-values need none")
            : SimulationStart.Random(n, m, ParseVariance(word) ?? (1.0 / n), parsed.GetValue(seed));
    }

    private static SimulationStart OfModel(string path, string wanted)
    {
        using var model = Model.Open(path);
        var table = new WeightTableOptions { CompareValues = false };
        var name = LayerChoice.Of(model, wanted, table);
        var layer = WeightTable.Of(model, table).First(row => row.Name == name);
        return layer.SkipReason is { } reason ? throw new UsageException($"{path}: {name}: {reason}")
            : layer.Slices.Count != 1 ? throw new UsageException($"{path}: {name} is {layer.Slices.Count} matrices, one is wanted")
            : SimulationStart.Of(layer.Slices[0], name);
    }

    private double[] Times(ParseResult parsed)
    {
        if (parsed.GetValue(times) is { Length: > 0 } given)
        {
            return given[0] > 0 && Enumerable.Range(1, given.Length - 1).All(i => given[i] > given[i - 1])
                ? parsed.GetValue(until) is null && parsed.GetValue(outputs) is null ? given : throw new UsageException("--times and --until or --outputs exclude each other")
                : throw new UsageException("--times are not positive and ascending");
        }

        var (last, count) = (parsed.GetValue(until) ?? 1, parsed.GetValue(outputs) ?? 8);
        return [.. Enumerable.Range(1, count).Select(i => last * i / count)];
    }

    private MatrixDrift Drift(ParseResult parsed, SimulationStart from)
    {
        var (kind, rate, goal) = (parsed.GetValue(drift), parsed.GetValue(beta), parsed.GetValue(target) is { Length: > 0 } list ? list : null);
        if (kind == "none" ? rate is not null || goal is not null : kind == "decay" && goal is not null)
        {
            throw new UsageException(kind == "none" ? "--beta and --target go with --drift decay or pull" : "--target goes with --drift pull");
        }

        if (kind == "none")
        {
            return MatrixDrift.None;
        }

        var speed = rate ?? throw new UsageException($"--drift {kind} needs its rate, --beta");
        return kind == "decay" ? MatrixDrift.Decay(speed)
            : goal is null || goal.Length > from.Columns ? throw new UsageException($"--drift pull needs --target with at most {from.Columns} eigenvalues")
            : MatrixDrift.Pull(speed, Diagonal(from, goal));
    }

    private static DenseMatrix Diagonal(SimulationStart shape, double[] lambda)
    {
        var values = new double[shape.Rows * shape.Columns];
        for (var k = 0; k < lambda.Length; k++)
        {
            values[(k * shape.Columns) + k] = Math.Sqrt(lambda[k]);
        }

        return new DenseMatrix(shape.Rows, shape.Columns, values);
    }

    private static Option<int?> Count(string name, string description, int least, int most, string help = "N") => new(name)
    {
        Description = description,
        HelpName = help,
        CustomParser = argument =>
        {
            if (int.TryParse(argument.Tokens[0].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count >= least && count <= most)
            {
                return count;
            }

            argument.AddError($"{name} '{argument.Tokens[0].Value}' is not a number from {least} to {most}");
            return null;
        },
    };

    private static Option<double?> Number(string name, string description, bool positive) => new(name)
    {
        Description = description,
        HelpName = "X",
        CustomParser = argument =>
        {
            if (TryNumber(argument.Tokens[0].Value, out var value) && (value > 0 || !positive))
            {
                return value;
            }

            argument.AddError($"{name} '{argument.Tokens[0].Value}' is not a number {(positive ? "above 0" : "from 0")}");
            return null;
        },
    };

    private static Option<double[]?> List(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "X1,X2,...",
        CustomParser = argument =>
        {
            if (ParseList(argument.Tokens[0].Value) is { } list)
            {
                return list;
            }

            argument.AddError($"{name} '{argument.Tokens[0].Value}' is not a list of numbers from 0 with commas between");
            return null;
        },
    };

    private static double[]? ParseList(string text)
    {
        var words = text.Split(',');
        var values = new double[words.Length];
        for (var i = 0; i < words.Length; i++)
        {
            if (!TryNumber(words[i], out values[i]))
            {
                return null;
            }
        }

        return values;
    }

    private static double? ParseVariance(string word) => word.StartsWith(Variance, StringComparison.Ordinal) && TryNumber(word[Variance.Length..], out var value) ? value : null;

    private static bool TryNumber(string text, out double value) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && double.IsFinite(value) && value >= 0;
}
