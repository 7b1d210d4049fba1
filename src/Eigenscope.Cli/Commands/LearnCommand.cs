using System.CommandLine;
using System.CommandLine.Parsing;
using Eigenscope.Cli.Terminal;
using Eigenscope.Learning;
using Eigenscope.Reports;
using Eigenscope.Reports.Page;

namespace Eigenscope.Cli.Commands;

/// <summary><c>learn [LESSON]</c>: the SVD by hand, and then on real layers, every number computed on the spot.</summary>
internal static class LearnCommand
{
    private static readonly string[] OnLesson = ["--matrix", "--all", "--seed", "--report", "--figures"];

    public static Command Create()
    {
        var name = new Argument<string?>("LESSON") { Description = "the lesson; without it, all are listed", Arity = ArgumentArity.ZeroOrOne };
        var subject = new Argument<string[]>("SUBJECT") { Description = "for real-layer MODEL NAME, for random-vs-trained BEFORE AFTER NAME: weights and a layer as inspect lists it; without them, the sample's", Arity = ArgumentArity.ZeroOrMore };
        var command = new Command("learn", "Learn the SVD: worked by hand, then on random matrices and real layers.") { name, subject };
        var matrix = new Option<string?>("--matrix") { Description = "work the lesson on this matrix: rows end at semicolons, entries are whole numbers, decimals or fractions; up to 4 x 4 by hand", HelpName = "'3 2; 2 3'" };
        var all = new Option<bool>("--all") { Description = "all steps at once, without waiting for Enter" };
        var seed = SeedOption.Create("--seed", "seed of the matrices that are drawn");
        command.Options.Add(matrix);
        command.Options.Add(all);
        command.Options.Add(seed);
        var page = new PageOptions(command);
        var output = new OutputOptions(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            output.Check(parsed);
            page.Check(parsed);
            if (parsed.GetValue(name) is not { } wanted)
            {
                RequireNothing(parsed);
                output.Write(parsed, LessonScreen.PrintList, LessonJson.OfAll, LessonCsv.OfAll);
                return ExitCode.Done;
            }

            var topic = LessonTopics.Find(wanted) ?? throw new UsageException($"there is no lesson '{wanted}'; the lessons are {string.Join(", ", LessonTopics.All.Select(known => known.Name))}");
            var lesson = topic.Teach(Input(topic, parsed.GetValue(matrix), parsed.GetValue(subject)!, parsed.GetValue(seed), output.Progress(parsed), cancellation), cancellation);
            page.Write(parsed, () => HtmlReport.Of(lesson), cancellation);
            if (output.IsForPrograms(parsed) || output.HasFile(parsed) || parsed.GetValue(all) || Console.IsOutputRedirected || Console.IsInputRedirected)
            {
                output.Write(parsed, screen => LessonScreen.Print(screen, lesson), () => LessonJson.Of(lesson), () => LessonCsv.Of(lesson));
            }
            else
            {
                await LessonPace.Run(lesson, output.Screen(parsed), cancellation);
            }

            return lesson.Claims.All(item => item.Claim.Holds) ? ExitCode.Done : ExitCode.RunFailed;
        });
        HelpExample.AddTo(command, "eigenscope learn by-hand --matrix '2 1; 1 3'");
        return command;
    }

    /// <summary>The list of lessons is no lesson: what one is worked on, or written to, needs one.</summary>
    private static void RequireNothing(ParseResult parsed)
    {
        if (OnLesson.FirstOrDefault(option => parsed.GetResult(option) is OptionResult { Implicit: false }) is { } given)
        {
            throw new UsageException($"{given} needs a LESSON, such as by-hand");
        }
    }

    private static LessonInput Input(LessonTopic topic, string? matrix, string[] subject, long seed, ProgressWish progress, CancellationToken cancellation)
    {
        var input = new LessonInput { Seed = seed };
        if (matrix is not null)
        {
            return subject.Length == 0 ? input with { Matrix = LessonMatrix.Parse(matrix) } : throw new UsageException($"--matrix and {subject[0]} are two subjects; a lesson has one");
        }

        return input with { Layers = LessonLayers.Of(topic, subject, progress, cancellation) };
    }
}
