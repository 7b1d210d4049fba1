namespace Eigenscope.Learning;

/// <summary>What a lesson teaches, and how it is worked.</summary>
/// <param name="Name">The name by which it is asked for.</param>
/// <param name="Title">The name in words.</param>
/// <param name="About">What one learns in it, in a sentence.</param>
/// <param name="Needs">What it is worked on where no matrix is given.</param>
/// <param name="Work">Works it.</param>
public sealed record LessonTopic(string Name, string Title, string About, LessonSubject Needs, Func<LessonTopic, LessonInput, Lesson> Work)
{
    /// <summary>The lesson on its own matrix, or on what is given.</summary>
    /// <param name="input">What it is worked on.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <exception cref="LessonException">It cannot be worked on that.</exception>
    /// <exception cref="OperationCanceledException">The work was stopped.</exception>
    public Lesson Teach(LessonInput input, CancellationToken cancellation = default) => Work(this, input with { Cancellation = cancellation });
}

/// <summary>What a lesson is worked on where no matrix is given.</summary>
public enum LessonSubject
{
    /// <summary>A matrix of its own.</summary>
    Matrix,

    /// <summary>Matrices that it draws.</summary>
    Draws,

    /// <summary>A layer of a model.</summary>
    Layer,

    /// <summary>A layer of a model before and after its training, and matrices that it draws.</summary>
    TwoLayers,
}
