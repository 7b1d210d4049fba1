using Eigenscope.Benchmarks;

if (args is not ["gpt2", .. var rest])
{
    Console.Error.WriteLine("usage: dotnet run -c Release --project benchmarks -- gpt2 [RUNS]");
    return 2;
}

var runs = rest is [var count] ? int.Parse(count) : 5;
WholeProcess.Print("GPT-2 small shapes, 48 matrices, F32", Gpt2Shapes.Write(Path.GetTempPath()), runs);
return 0;
