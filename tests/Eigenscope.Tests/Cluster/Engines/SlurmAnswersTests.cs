using Eigenscope.Cluster.Engines;
using Xunit;

namespace Eigenscope.Tests.Cluster.Engines;

/// <summary>What the programs of Slurm say.</summary>
public sealed class SlurmAnswersTests
{
    [Fact]
    public void Nodes_are_read_once_each() =>
        Assert.Equal([new SlurmNode("n1", "h1", 16), new SlurmNode("n2", "h2", 64)], SlurmAnswers.Nodes("n1|h1|16|mix\nn1|h1|16|mix\nn2|h2|64+|alloc\nsome words\n"));

    [Theory]
    [InlineData("idle", true)]
    [InlineData("idle~", true)]
    [InlineData("mix-", true)]
    [InlineData("resv", true)]
    [InlineData("down", false)]
    [InlineData("down*", false)]
    [InlineData("drain*", false)]
    [InlineData("drng", false)]
    [InlineData("maint", false)]
    [InlineData("unk*", false)]
    public void Nodes_that_take_no_tasks_do_not_count(string state, bool counts) => Assert.Equal(counts ? 1 : 0, SlurmAnswers.Nodes($"n1|h1|16|{state}\n").Count);

    [Theory]
    [InlineData("LogTimeFormat = iso8601_ms\nMaxArraySize            = 4001\nMaxJobCount = 2\n", 4001)]
    [InlineData("MaxJobCount = 2\n", null)]
    [InlineData("", null)]
    public void The_limit_of_arrays_is_read(string text, int? limit) => Assert.Equal(limit, SlurmAnswers.ArrayLimit(text));

    [Theory]
    [InlineData("12\n", "12")]
    [InlineData("12;east\n", "12")]
    [InlineData("a greeting of the site\n12\n", "12")]
    [InlineData("", null)]
    [InlineData("Submitted batch job\n", null)]
    public void The_number_of_a_job_is_read(string text, string? id) => Assert.Equal(id, SlurmAnswers.JobId(text));

    [Theory]
    [InlineData(0, "", "", QueueState.Ended)]
    [InlineData(0, "\n", "", QueueState.Ended)]
    [InlineData(0, "12_3\n", "", QueueState.Queued)]
    [InlineData(1, "", "slurm_load_jobs error: Invalid job id specified", QueueState.Forgotten)]
    [InlineData(1, "", "slurm_load_jobs error: Unable to contact slurm controller (connect failure)", QueueState.Unknown)]
    [InlineData(-1, "", "", QueueState.Unknown)]
    public void Only_an_answer_without_the_job_says_that_it_has_ended(int code, string output, string error, QueueState state) => Assert.Equal(state, SlurmAnswers.State(code, output, error));
}
