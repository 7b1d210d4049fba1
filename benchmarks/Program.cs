using Eigenscope.Benchmarks;
using Eigenscope.Benchmarks.Peers;
using Eigenscope.LinearAlgebra.Lapack;

switch (args)
{
    case ["gpt2", .. var rest]:
        var runs = rest is [var count] ? int.Parse(count) : 5;
        WholeProcess.Print("GPT-2 small shapes, 48 matrices, F32", Gpt2Shapes.Write(Path.GetTempPath()), runs);
        return 0;
    case ["peers", .. var rest] when PeerOptions.Parse(rest) is { } options:
        return PlainEnvironment.Relaunch(args) ?? Peers(options);
    default:
        Console.Error.WriteLine($"usage: dotnet run -c Release --project benchmarks -- gpt2 [RUNS] | {PeerOptions.Usage}");
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
