using Eigenscope.Cluster.Engines;
using Xunit;

namespace Eigenscope.Tests.Cluster;

public sealed class SlurmTasksTests
{
    private const string Queue = "5|RUNNING|None|n1|0:12\n7|PENDING|Resources||0:00\n8|PENDING|Resources||0:00\n9|COMPLETING|None|n2|1:00\nN/A|PENDING|Dependency||0:00\n";
    private const string Accounts = "12_5|RUNNING|0:0|n1\n12_[7-8]|PENDING|0:0|None assigned\n12_2|NODE_FAIL|1:0|n2\n12_2|COMPLETED|0:0|n1\n12_3|OUT_OF_MEMORY|0:125|n1\n12_4|FAILED|2:0|n1\n12_6|CANCELLED by 0|0:15|n1\n";

    [Fact]
    public void Queue_and_accounts_together_say_what_became_of_every_task()
    {
        var answer = SlurmTasks.Of("12", Queue, Accounts);

        Assert.Equal(("slurm", "12"), (answer.Engine, answer.Job));
        Assert.Equal("1 COMPLETING, 1 PENDING (Dependency), 2 PENDING (Resources), 1 RUNNING; ended: 1 CANCELLED, 1 COMPLETED, 1 FAILED, 1 NODE_FAIL, 1 OUT_OF_MEMORY", answer.Text);
        Assert.Equal("RUNNING for 0:12", answer.States[5]);
        Assert.Equal("PENDING (Resources)", answer.States[7]);
        Assert.Equal("COMPLETED (exit code 0)", answer.States[2]);
        Assert.Equal("OUT_OF_MEMORY (exit code 0, signal 125)", answer.States[3]);
        Assert.Equal("FAILED (exit code 2)", answer.States[4]);
        Assert.Equal("CANCELLED (exit code 0, signal 15)", answer.States[6]);
    }

    [Fact]
    public void An_error_of_the_queue_is_no_end()
    {
        Assert.Equal("squeue: the controller does not answer, or has forgotten the job", SlurmTasks.Of("12", null, null).Text);
        Assert.Equal("nothing in the queue", SlurmTasks.Of("12", "", null).Text);
        Assert.Equal("squeue: the controller does not answer, or has forgotten the job; ended: 1 FAILED", SlurmTasks.Of("12", null, "12_0|FAILED|2:0|n1\n").Text);
    }

    [Theory]
    [InlineData("something else\n||||\n", "a|b\n\n12|FAILED|1:0|n\n12_x|FAILED|1:0|n\n12_1|||\n")]
    public void What_is_not_understood_names_no_task(string queue, string accounts) => Assert.Empty(SlurmTasks.Of("12", queue, accounts).States);
}
