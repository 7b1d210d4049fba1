namespace Eigenscope.Learning;

/// <summary>All lessons.</summary>
public static class LessonTopics
{
    /// <summary>In the order in which they build on each other.</summary>
    public static IReadOnlyList<LessonTopic> All { get; } =
    [
        ByHandLesson.Topic,
        DiagonalLesson.Topic,
        RankDeficientLesson.Topic,
        LowRankLesson.Topic,
        PowerLawLesson.Topic,
        SmallMatrixLesson.Topic,
        TwoSpacesLesson.Topic,
        RandomVsTrainedLesson.Topic,
        HeavyTailsLesson.Topic,
        RealLayerLesson.Topic,
    ];

    /// <summary>The lesson of a name; null where there is none.</summary>
    public static LessonTopic? Find(string name) => All.FirstOrDefault(topic => topic.Name == name);
}
