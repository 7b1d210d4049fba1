using Eigenscope.Forecasting;
using Eigenscope.Reports;
using Eigenscope.Training;

namespace Eigenscope.Experiments;

/// <summary>Forecasts of singular values from checkpoints, and spectra followed through gradients, on small networks of four kinds; beside them the baselines.</summary>
internal static class Forecasts
{
    private const int Modes = 8;
    private const int Draws = 50;

    private static readonly double[] Origins = [0.1, 0.25, 0.5];
    private static readonly double[] Horizons = [0.025, 0.05, 0.1, 0.25, 0.5];
    private static readonly long[] Seeds = [0, 1, 2];

    public static Experiment Experiment { get; } = new("forecasts", "where are singular values forecast better than by the last value or their own trend?", Run);

    private static IReadOnlyList<ForecastCase> Cases { get; } =
    [
        new("linear student", 600, null, "weight"),
        new("mlp", 800, TrainingOptions.For(NetworkKind.Mlp), "layers.0.weight"),
        new("mlp with gradients", 800, TrainingOptions.For(NetworkKind.Mlp) with { GradientBatches = 8 }, null, KnowsGradients: true),
        new("transformer", 400, Small(NetworkKind.Transformer), null),
        new("transformer by sgd", 400, BySgd(NetworkKind.Transformer, 0.3), "transformer.h.0.mlp.fc2.weight"),
        new("vit", 400, Small(NetworkKind.Vit), null),
        new("vit by sgd", 400, BySgd(NetworkKind.Vit, 0.1), "vit.blocks.0.mlp.fc2.weight"),
    ];

    private static TrainingOptions Small(NetworkKind kind)
    {
        var options = TrainingOptions.For(kind);
        return options with { Network = options.Network with { Width = 48, Context = 32 }, Data = options.Data with { Examples = 2000, HeldOut = 128 } };
    }

    private static TrainingOptions BySgd(NetworkKind kind, double rate) => Small(kind) with { Optimizer = new() { LearningRate = rate } };

    private static ExperimentResult Run(int threads, Action<string> said)
    {
        List<(ForecastCase Case, long Seed)> all = [.. Cases.SelectMany(kind => Seeds.Select(seed => (kind, seed)))];
        var found = SideBySide.Run(all, threads, one => Follow(one.Case, one.Seed, said));
        var main = new ResultTable("", "network", "origin", "horizon", "layers", "last_value", "sigma_linear", "sigma_damped", "matrix_linear", "matrix_relaxed", "chosen", "chosen_low", "chosen_high", "best", "seeds_won", "inside", "trusted", "chosen_trusted", "last_value_trusted");
        var streams = new ResultTable("streamed", "network", "origin", "horizon", "last_value", "brand", "first_order", "published", "u1_last_value", "u1_brand", "u1_first_order", "u1_published");
        var points = new List<(string Network, double Origin, double Horizon, double[] Errors)>();
        foreach (var kind in Cases)
        {
            var own = all.Zip(found).Where(pair => pair.First.Case == kind).Select(pair => pair.Second).ToList();
            foreach (var origin in Origins)
            {
                foreach (var horizon in Horizons.Where(horizon => origin + horizon <= 1))
                {
                    var rows = own.ConvertAll(run => run.Tests.Where(test => test.Origin.Equals(origin) && test.Horizon.Equals(horizon)).ToList());
                    double[] errors = [.. ForecastMethods.All.Select(method => Pooled(rows.SelectMany(row => row), test => test.Row.Errors[(int)method].Rms)), Pooled(rows.SelectMany(row => row), test => test.Row.Error.Rms)];
                    var chosen = rows.ConvertAll(row => Pooled(row, test => test.Row.Error.Rms));
                    var won = rows.Count(row => Pooled(row, test => test.Row.Error.Rms) < Math.Min(Pooled(row, test => test.Row.Errors[0].Rms), Pooled(row, test => test.Row.Errors[1].Rms)));
                    var every = rows.SelectMany(row => row).ToList();
                    var best = ForecastMethods.All.MinBy(method => errors[(int)method]);
                    points.Add((kind.Name, origin, horizon, errors));
                    main.Add(kind.Name, origin, horizon, rows[0].Count, errors[0], errors[1], errors[2], errors[3], errors[4], errors[5], chosen.Min(), chosen.Max(), best.Text(), won,
                        every.Sum(test => test.Row.Inside) / (double)every.Sum(test => test.Row.Modes), every.Average(test => test.IsTrusted ? 1.0 : 0),
                        Trusted(every, test => test.Row.Error.Rms), Trusted(every, test => test.Row.Errors[0].Rms));
                }
            }

            AddStreams(streams, kind, own);
        }

        return new([main, streams],
        [
            .. Cases.Select(kind => (kind.Name.Replace(' ', '-'), Chart(kind, points))),
            ("streamed", StreamedChart(found, all)),
            ("trajectory", found[all.FindIndex(one => one.Case.Name == "mlp")].Trajectory!),
        ]);
    }

    private static void AddStreams(ResultTable table, ForecastCase kind, List<Outcome> own)
    {
        foreach (var origin in new[] { 0, 0.25 })
        {
            foreach (var horizon in Horizons.Where(_ => kind.Streamed is not null))
            {
                var rows = own.SelectMany(run => run.Streamed).Where(row => row.Origin == Step(kind, origin) && row.Step == Step(kind, origin + horizon)).ToList();
                double Of(StreamedMethod? method, Func<StreamedError, double> of) => rows.Where(row => row.Method == method).Average(of);
                StreamedMethod?[] methods = [null, StreamedMethod.Brand, StreamedMethod.FirstOrder, StreamedMethod.Published];
                table.Add([kind.Name, origin, horizon, .. methods.Select(method => (object)Of(method, row => row.Error)), .. methods.Select(method => (object)Of(method, row => row.Alignment))]);
            }
        }
    }

    private static LineChart Chart(ForecastCase kind, List<(string Network, double Origin, double Horizon, double[] Errors)> points)
    {
        (string Name, int Place)[] shown = [("chosen", 5), ("last value", 0), ("sigma-linear", 1)];
        return new()
        {
            Title = $"{kind.Name}: error of forecasts from a quarter of the training",
            X = "% of the training ahead",
            Y = "error of the leading sigma in %",
            FromZero = true,
            Lines = [.. shown.Select(one => new ChartLine(one.Name, [.. points.Where(point => point.Network == kind.Name && point.Origin.Equals(Origins[1])).Select(point => (100 * point.Horizon, 100 * point.Errors[one.Place]))]) { HasMarks = true, IsDashed = one.Place < 2 })],
        };
    }

    private static LineChart StreamedChart(IReadOnlyList<Outcome> found, List<(ForecastCase Case, long Seed)> all)
    {
        var kind = Cases.Single(one => one.Name == "transformer by sgd");
        var rows = all.Zip(found).Where(pair => pair.First.Case == kind).SelectMany(pair => pair.Second.Streamed).Where(row => row.Origin == 0).ToList();
        return new()
        {
            Title = "a layer of the transformer followed through its gradients from the first step",
            X = "steps",
            Y = "error of sigma 1 to 5 in %",
            FromZero = true,
            Lines = [.. rows.GroupBy(row => row.Method).Select(group => new ChartLine(Name(group.Key), [.. group.GroupBy(row => row.Step).OrderBy(step => step.Key).Select(step => ((double)step.Key, 100 * step.Average(row => row.Error)))]) { IsDashed = group.Key is null })],
        };
    }

    private static string Name(StreamedMethod? method) => method switch
    {
        StreamedMethod.Brand => "Brand",
        StreamedMethod.FirstOrder => "first order",
        StreamedMethod.Published => "as published",
        _ => "last value",
    };

    /// <summary>Trains, and forecasts every weight matrix from every origin; the trust is that of a forecast that knows nothing of what came.</summary>
    private static Outcome Follow(ForecastCase kind, long seed, Action<string> said)
    {
        var training = ForecastedTraining.Of(kind, seed);
        var tests = new List<ForecastTest>();
        LineChart? trajectory = null;
        foreach (var (name, checkpoints) in training.Layers)
        {
            foreach (var origin in Origins)
            {
                var step = Step(kind, origin);
                long[] horizons = [.. Horizons.Where(horizon => origin + horizon <= 1).Select(horizon => (long)Step(kind, horizon))];
                List<TimedWeights> history = [.. checkpoints.Where(checkpoint => checkpoint.Step <= step)], later = [.. checkpoints.Where(checkpoint => horizons.Contains(checkpoint.Step - step))];
                var options = new ForecastOptions { Horizons = horizons, Modes = Modes, Draws = Draws, Seed = seed, Drift = kind.KnowsGradients ? DriftSource.Combined : DriftSource.Displacement };
                var gradients = kind.KnowsGradients ? training.GradientsOf(name, step) : null;
                var forecast = LayerForecast.Of(history, options, gradients, later);
                var trust = LayerForecast.Of(history, options with { Bands = BandRoute.FirstOrder }, gradients).Trust;
                tests.AddRange(forecast.Backtest!.Rows.Select((row, i) => new ForecastTest(origin, Horizons[i], row, trust.Steps >= row.Horizon)));
                trajectory = name == "layers.0.weight" && origin.Equals(Origins[1]) ? Trajectory(checkpoints, forecast) : trajectory;
            }
        }

        said($"{kind.Name}, seed {seed}: held-out loss {training.Loss:G3}");
        return new(tests, training.Streamed, trajectory);
    }

    /// <summary>Every other of the leading singular values as it came, and its forecast with its band.</summary>
    private static LineChart Trajectory(List<TimedWeights> checkpoints, LayerForecast forecast)
    {
        int[] shown = [0, 1, 3, 7];
        var came = checkpoints.ConvertAll(checkpoint => (checkpoint.Step, Sigma: Spectra.LeadingVectors.Of(checkpoint.Weights, Modes).SingularValues));
        return new()
        {
            Title = "singular values of an MLP's first layer, forecast from step " + forecast.Step,
            X = "step",
            Y = "singular value",
            Lines =
            [
                .. shown.Select(k => new ChartLine($"sigma {k + 1}", [.. came.Select(one => ((double)one.Step, one.Sigma[k]))])),
                .. shown.Select(k => new ChartLine($"forecast {k + 1}", [((double)forecast.Step, forecast.SingularValues[k]), .. forecast.Points.Select(point => ((double)(forecast.Step + point.Horizon), point.SingularValues[k]))])
                {
                    IsDashed = true,
                    HasMarks = true,
                    Band = [(forecast.SingularValues[k], forecast.SingularValues[k]), .. forecast.Points.Select(point => (point.Bands[k].Low, point.Bands[k].High))],
                }),
            ],
        };
    }

    private static int Step(ForecastCase kind, double share) => (int)Math.Round(share * kind.Steps);

    private static double? Trusted(List<ForecastTest> tests, Func<ForecastTest, double> error) => tests.Exists(test => test.IsTrusted) ? Pooled(tests.Where(test => test.IsTrusted), error) : null;

    private static double Pooled(IEnumerable<ForecastTest> tests, Func<ForecastTest, double> error) => Math.Sqrt(tests.Average(test => error(test) * error(test)));

    /// <summary>One forecast of one layer at one horizon, with what came.</summary>
    private sealed record ForecastTest(double Origin, double Horizon, BacktestRow Row, bool IsTrusted);

    /// <summary>What one training gave.</summary>
    private sealed record Outcome(IReadOnlyList<ForecastTest> Tests, IReadOnlyList<StreamedError> Streamed, LineChart? Trajectory);
}
