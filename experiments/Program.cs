using System.Diagnostics;
using Eigenscope.Experiments;

Experiment[] experiments =
[
    Phases.Experiment,
    SgdLimit.Experiment,
    Forecasts.Experiment,
    Quality.Experiment,
    Activations.Experiment,
    QuasiNullCourse.Experiment,
    Losses.Experiment,
];

var check = args.Contains("--check");
var wanted = Array.FindAll(args, argument => argument != "--check");
if (wanted is not [var name] || (name != "all" && !Array.Exists(experiments, experiment => experiment.Name == name)))
{
    Console.Error.WriteLine("usage: dotnet run -c Release --project experiments -- NAME [--check]\n\n--check says whether the tables and figures in docs/experiments are what comes out; without it they are written.\n");
    Array.ForEach(experiments, experiment => Console.Error.WriteLine($"  {experiment.Name,-16} {experiment.Question}"));
    Console.Error.WriteLine($"  {"all",-16} all of them, one after another");
    return 2;
}

var code = 0;
foreach (var experiment in experiments.Where(experiment => name is "all" || experiment.Name == name))
{
    var watch = Stopwatch.StartNew();
    var result = experiment.Run(Environment.ProcessorCount, text => Console.Error.WriteLine($"{experiment.Name}: {text}"));
    foreach (var table in result.Tables)
    {
        Console.WriteLine(table.Name.Length == 0 ? $"{experiment.Name}: {experiment.Question}\n" : $"{table.Name}\n");
        Console.WriteLine(table.ToText());
    }

    Console.Error.WriteLine($"{experiment.Name}: {watch.Elapsed.TotalSeconds:F0} s");
    if (!check)
    {
        ResultFiles.Write(experiment.Name, result);
        continue;
    }

    var differing = ResultFiles.Differing(experiment.Name, result);
    foreach (var path in differing)
    {
        Console.Error.WriteLine($"{experiment.Name}: {path} is not what came out");
    }

    code = differing.Count > 0 ? 1 : code;
}

return code;
