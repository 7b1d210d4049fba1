namespace Eigenscope.Learning;

/// <summary>A lesson with its numbers: steps to be read one after another.</summary>
/// <param name="Topic">What it teaches.</param>
/// <param name="Matrix">The matrix that it is worked on and that may be another; null where it is worked on layers or on matrices that it draws.</param>
/// <param name="Steps">At least one.</param>
public sealed record Lesson(LessonTopic Topic, LessonMatrix? Matrix, IReadOnlyList<LessonStep> Steps)
{
    /// <summary>Everything that was held against numbers, in order.</summary>
    public IEnumerable<(LessonStep Step, Claim Claim)> Claims => Steps.SelectMany(step => step.Parts.OfType<Claim>(), (step, claim) => (step, claim));
}

/// <summary>A step of a lesson.</summary>
/// <param name="Title">What is done in it.</param>
/// <param name="Parts">What it shows.</param>
public sealed record LessonStep(LessonText Title, IReadOnlyList<LessonPart> Parts);
