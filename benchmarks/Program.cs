using Eigenscope.Benchmarks;
using Eigenscope.Benchmarks.Calibration;
using Eigenscope.Benchmarks.Peers;
using Eigenscope.LinearAlgebra.Lapack;

switch (args)
{
    case ["models", .. var rest]:
        var runs = rest is [var count] ? int.Parse(count) : 5;
        WholeProcess.Print("GPT-2 small shapes, 48 matrices, F32", SyntheticModel.Gpt2Small(named: false), runs);
        WholeProcess.Print("the same under GPT-2's names: 36 query, key and value parts more", SyntheticModel.Gpt2Small(named: true), runs);
        WholeProcess.Print("one matrix, 4096 x 65536, BF16", SyntheticModel.Of(4096, 65536, "BF16"), runs);
        return 0;
    case ["pieces", .. var rest]:
        Pieces.Run(rest);
        return 0;
    case ["calibrate", .. var rest]:
        Console.Out.Write(new CalibrationReport(rest is [var percent] ? int.Parse(percent) : 100).Make());
        return 0;
    case ["verdicts", .. var rest]:
        ChangeReport.Print(rest is [var draws] ? int.Parse(draws) : 5);
        return 0;
    case ["bands", .. var rest]:
        ForecastReport.PrintStudents(rest is [var students] ? int.Parse(students) : 8);
        return 0;
    case ["forecasts", .. var rest]:
        ForecastReport.Print(rest is [var layers] ? int.Parse(layers) : 20);
        return 0;
    case ["peers", .. var rest] when PeerOptions.Parse(rest) is { } options:
        return PlainEnvironment.Relaunch(args) ?? Peers(options);
    default:
        Console.Error.WriteLine($"usage: dotnet run -c Release --project benchmarks -- models [RUNS] | pieces [BENCHMARKDOTNET OPTIONS] | calibrate [PERCENT] | verdicts [DRAWS] | forecasts [DRAWS] | bands [DRAWS] | {PeerOptions.Usage}");
        return 2;
}

static int Peers(PeerOptions options)
{
    try
    {
        new PeerTable(options).Print();
        return 0;
    }
    catch (LapackUnavailableException e)
    {
        Console.Error.WriteLine(e.Message);
        return 2;
    }
}
