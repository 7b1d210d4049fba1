namespace Eigenscope.Transforms;

/// <summary>The model of a method that takes one beside the base.</summary>
internal static class OneModel
{
    /// <summary>Its place in <see cref="MergeTask.Inputs"/>.</summary>
    /// <exception cref="MergeException">There is none, or more than one.</exception>
    public static int OtherThanBase(this MergeTask task) =>
        task.Tasks is [var other] ? other : throw new MergeException(task.Name, $"the method takes one model beside the base, not {task.Tasks.Count}");
}
