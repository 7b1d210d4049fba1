using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.Playwright;
using Xunit;

namespace Eigenscope.EndToEnd.Page;

/// <summary>Lessons in the explorer: their steps, the matrix that can be changed, and the ellipse.</summary>
public sealed class LessonPageTests(Chromium chromium, LessonServeTests.LessonsAlone alone) : IClassFixture<LessonServeTests.LessonsAlone>
{
    private const string ByHand = "#/lesson/by-hand";
    private const string Own = "3 2; 2 3";

    /// <summary>Turns, a flip, fractions, a reflection in the diagonal, a negative whole, rank 1, rank 0.</summary>
    public static TheoryData<string> Matrices { get; } = [Own, "1 2; 0 -1", "0 1; 1 0", "-2 0; 0 -3", "1/3 -7; 5 0.25", "0 -1; 1 0", "1 2; 2 4", "0 0; 0 3", "0 0; 0 0", "0.001 0; 0.002 -0.0005", "400 1; 0 -90"];

    [Fact]
    public async Task WithoutAModelThePageBeginsWithTheList()
    {
        var topics = await Topics();
        await using var opened = await chromium.Open(Address);

        await opened.RequireHeading("Lessons");
        Assert.Equal(topics.Select(topic => topic.Title), await opened.Page.Locator("main .card a").AllInnerTextsAsync());
        Assert.Equal(["Lessons"], await opened.Page.Locator("nav[aria-label=Views] a").AllInnerTextsAsync());
        Assert.Empty(opened.Said);
    }

    [Fact]
    public async Task TheListLeadsToALessonAndTheArrowKeysToItsNeighbours()
    {
        var topics = await Topics();
        await using var opened = await chromium.Open(Address);
        var keyboard = new Keyboard(opened);
        await opened.Page.Locator(".card").First.WaitForAsync();

        await keyboard.Enter($"a[href='#/lesson/{topics[0].Name}']");
        await opened.RequireHeading(topics[0].Title);
        await keyboard.Press("ArrowRight");
        await opened.Page.Locator("h1", new() { HasText = topics[1].Title }).WaitForAsync();
        await keyboard.Press("ArrowLeft");
        await opened.Page.Locator("h1", new() { HasText = topics[0].Title }).WaitForAsync();
        Assert.Empty(opened.Said);
    }

    [Fact]
    public async Task EveryStepAndPartOfEveryLessonIsShown()
    {
        await using var opened = await chromium.Open(Address);
        foreach (var (name, title) in (await Topics()).Where(topic => topic.Needs is "matrix" or "draws").Select(topic => (topic.Name, topic.Title)))
        {
            var lesson = await alone.Process.Json($"/api/lessons/{name}");
            var parts = lesson.GetProperty("steps").EnumerateArray().SelectMany(step => step.GetProperty("parts").EnumerateArray()).ToLookup(part => part.GetProperty("kind").GetString());
            await opened.Show($"#/lesson/{name}");
            await opened.Page.Locator(".step").First.WaitForAsync();

            await opened.RequireHeading(title);
            Assert.Equal(lesson.GetProperty("steps").EnumerateArray().Select((step, i) => $"{i + 1} {step.GetProperty("title").GetString()}"), await opened.Texts("() => [...document.querySelectorAll('.step h2')].map(one => one.textContent)"));
            Assert.Equal(parts["text"].Select(part => part.GetProperty("text").GetString()), await opened.Texts("() => [...document.querySelectorAll('.step .prose')].map(one => one.textContent)"));
            Assert.Equal(parts["formula"].Select(Spoken), await opened.Texts(ShownFormulas));
            Assert.Equal(parts["table"].Select(part => $"{Cells(part.GetProperty("columns"))}|{string.Join('|', part.GetProperty("rows").EnumerateArray().Select(Cells))}"), await opened.Texts("() => [...document.querySelectorAll('.step > .scroll table')].map(table => [...table.rows].map(row => [...row.cells].map(cell => cell.textContent).join(' ')).join('|'))"));
            Assert.Equal(parts["claim"].Select(part => $"{(part.GetProperty("holds").GetBoolean() ? "holds" : "does not hold")}: {part.GetProperty("claim").GetString()}"), await opened.Texts("() => [...document.querySelectorAll('.claim')].map(one => one.querySelector('.unseen').textContent + one.querySelector('.unseen').nextSibling.textContent.trim())"));
            Assert.Equal(parts["claim"].Count(part => part.GetProperty("error").GetDouble() == 0 && part.GetProperty("bound").GetDouble() == 0), await opened.Page.Locator(".claim small", new() { HasTextRegex = new("^exactly$") }).CountAsync());
            Assert.Equal(lesson.GetProperty("steps").EnumerateArray().SelectMany(step => step.GetProperty("parts").EnumerateArray()).Where(part => part.TryGetProperty("caption", out _)).Select(part => part.GetProperty("name").GetString()), await opened.Texts("() => [...document.querySelectorAll('.step [data-figure]')].map(one => one.dataset.figure)"));
        }

        Assert.Empty(opened.Said);
    }

    [Fact]
    public async Task AMatrixIsReadOutWithItsSize()
    {
        await using var opened = await chromium.Open(Address, ByHand);

        await opened.Page.Locator(".formula").First.WaitForAsync();

        Assert.Equal("matrix, 2 rows, 2 columns", await opened.Page.Locator(".formula table").First.GetAttributeAsync("aria-label"));
    }

    [Fact]
    public async Task EditingACellWorksTheLessonAgainInPlace()
    {
        await using var opened = await Open();
        var values = opened.Page.Locator(".step", new() { Has = opened.Page.Locator("h2", new() { HasTextRegex = new("The singular values$") }) }).Locator("table td:last-child");
        var path = await Outline(opened);
        Assert.Equal(["5", "1"], await values.AllInnerTextsAsync());
        await new Keyboard(opened).TabTo("input[name=cell-0-1]");
        await opened.Page.EvaluateAsync("() => scrollTo(0, 120)");

        await opened.Page.Keyboard.PressAsync("Control+A");
        await opened.Page.Keyboard.TypeAsync("-2/1");
        await Worked(opened, "3 -2/1; 2 3");

        Assert.Equal(["3.60555128", "3.60555128"], await values.AllInnerTextsAsync());
        Assert.NotEqual(path, await Outline(opened));
        Assert.Equal(("cell-0-1", 4), ((await opened.Evaluate("() => document.activeElement.name")).GetString(), (await opened.Evaluate("() => document.activeElement.selectionStart")).GetInt32()));
        Assert.Equal(120, (await opened.Evaluate("() => scrollY")).GetInt32());
        Assert.Empty(opened.Said);
    }

    [Fact]
    public async Task ABadEntryIsToldAndTheLastLessonStays()
    {
        await using var opened = await Open();
        var status = opened.Page.Locator(".editor [role=status]");
        var steps = await opened.Page.Locator(".worked").InnerTextAsync();

        await opened.Page.Locator("input[name=cell-1-0]").FillAsync("two");
        await opened.Page.GetByText("'two' in the matrix is not a number").WaitForAsync();
        Assert.Equal(steps, await opened.Page.Locator(".worked").InnerTextAsync());
        await opened.Page.Locator("input[name=cell-1-0]").FillAsync("");
        Assert.Equal("Row 2, column 1 is empty.", await status.InnerTextAsync());
        await opened.Page.Locator("input[name=cell-1-0]").FillAsync("1 2");
        Assert.Equal("Row 2, column 1: '1 2' is not one number.", await status.InnerTextAsync());
        Assert.Equal("own", await opened.Page.Locator(".worked").GetAttributeAsync("data-matrix"));
        await opened.Page.Locator("input[name=cell-1-0]").FillAsync("7");
        await Worked(opened, "3 2; 7 3");

        Assert.Equal("", await status.TextContentAsync());
        Assert.All(opened.Said, message => Assert.Contains("400", message));
    }

    /// <summary>The first answer is held back until the second has been shown.</summary>
    [Fact]
    public async Task AnAnswerThatComesTooLateIsNotShown()
    {
        await using var opened = await Open();
        var (asked, release) = (new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously), new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        await opened.Page.RouteAsync("**/api/lessons/by-hand?matrix=8*", async route =>
        {
            asked.SetResult();
            await release.Task;
            await route.ContinueAsync();
        });

        await opened.Page.Locator("input[name=cell-0-0]").FillAsync("8");
        await asked.Task.WaitAsync(Tool.Patience, TestContext.Current.CancellationToken);
        await opened.Page.Locator("input[name=cell-0-0]").FillAsync("9");
        await Worked(opened, "9 2; 2 3");
        release.SetResult();
        await opened.Page.UnrouteAllAsync(new() { Behavior = UnrouteBehavior.Wait });
        await opened.Settle();

        Assert.Equal("9 2; 2 3", await opened.Page.Locator(".worked").GetAttributeAsync("data-matrix"));
    }

    [Fact]
    public async Task TypingAsksOnce()
    {
        await using var opened = await Open();
        var before = opened.Requests.Count;

        await opened.Page.Locator("input[name=cell-0-0]").FillAsync("1");
        await opened.Page.Locator("input[name=cell-0-0]").FillAsync("12");
        await opened.Page.Locator("input[name=cell-0-0]").FillAsync("123");
        await Worked(opened, "123 2; 2 3");

        Assert.Single(opened.Requests.Skip(before));
    }

    [Theory]
    [InlineData("1 2 3; 4 5 6", "1 2 3; 4 5 6")]
    [InlineData("1\t0.5\n-3\t1/4\n", "1 0.5; -3 1/4")]
    [InlineData("[[1, 2], [3, 4]]", "1 2; 3 4")]
    [InlineData("[[1 2]\n [3 4]]", "1 2; 3 4")]
    public async Task WhatIsPastedFillsTheMatrix(string pasted, string matrix)
    {
        await using var opened = await Open();

        await Paste(opened, pasted);
        await opened.Page.WaitForFunctionAsync("() => document.querySelector('.worked').dataset.matrix !== 'own'");

        Assert.Equal(matrix, string.Join("; ", (await opened.Texts("() => [...document.querySelectorAll('.editor tr')].map(row => [...row.querySelectorAll('input')].map(one => one.value).join(' '))"))));
        Assert.Equal("cell-0-0", (await opened.Evaluate("() => document.activeElement.name")).GetString());
        Assert.Empty(opened.Said);
    }

    [Fact]
    public async Task WhatCannotBePastedIsToldAndChangesNothing()
    {
        await using var opened = await Open();

        await Paste(opened, "1 2; 3");
        Assert.StartsWith("The rows of what was pasted have different lengths", await opened.Page.Locator(".editor [role=status]").InnerTextAsync());
        await Paste(opened, "1 2 3 4 5 6 7 8 9");
        Assert.StartsWith("What was pasted is 1 × 9", await opened.Page.Locator(".editor [role=status]").InnerTextAsync());

        Assert.Equal(["3", "2", "2", "3"], await opened.Texts("() => [...document.querySelectorAll('.editor input')].map(one => one.value)"));
    }

    /// <summary>The names of rows and columns, in the editor and in the first step of the lesson.</summary>
    [Fact]
    public async Task NamesStayWithAnEditWhereThereAreAsMany()
    {
        string[] rows = ["sweetness", "aroma", "bitterness"], columns = ["beans", "cream", "sugar", "cinnamon"];
        await using var opened = await chromium.Open(Address, "#/lesson/two-spaces");
        await Worked(opened, Own);
        ILocator Button(string name) => opened.Page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

        await opened.Page.Locator("input[name=cell-0-0]").FillAsync("7");
        await RequireNames("7 1 4 1; 2 0 0 3; 3 -2 -2 0", [.. columns, .. rows]);
        await Button("Remove the last column").ClickAsync();
        await RequireNames("7 1 4; 2 0 0; 3 -2 -2", rows);
        await Button("Add a column").ClickAsync();
        await Button("Remove the last row").ClickAsync();
        await RequireNames("7 1 4 0; 2 0 0 0", columns);
        await Button("Remove the last column").ClickAsync();
        await RequireNames("7 1 4; 2 0 0", []);
        await Button("Reset to the lesson's own matrix").ClickAsync();
        await RequireNames("own", [.. columns, .. rows]);
        Assert.Empty(opened.Said);

        async Task RequireNames(string matrix, string[] names)
        {
            await Worked(opened, matrix);
            Assert.Equal(names, await opened.Texts("() => [...document.querySelectorAll('.editor th')].map(one => one.textContent)"));
            Assert.Equal(names, await opened.Texts("() => [...document.querySelector('.step .formula').querySelectorAll('th')].map(one => one.textContent)"));
        }
    }

    [Fact]
    public async Task RowsAndColumnsComeAndGoAndResetGoesBack()
    {
        await using var opened = await Open();
        ILocator Button(string name) => opened.Page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

        await Button("Add a row").ClickAsync();
        await Worked(opened, "3 2; 2 3; 0 0");
        await Button("Remove the last column").ClickAsync();
        await Worked(opened, "3; 2; 0");
        Assert.Equal("true", await Button("Remove the last column").GetAttributeAsync("aria-disabled"));
        await Button("Add a column").ClickAsync();
        await Worked(opened, "3 0; 2 0; 0 0");
        for (var row = 3; row < 8; row++)
        {
            await Button("Add a row").ClickAsync();
        }

        await Worked(opened, "3 0; 2 0; 0 0; 0 0; 0 0; 0 0; 0 0; 0 0");
        Assert.Equal("true", await Button("Add a row").GetAttributeAsync("aria-disabled"));
        await Button("Reset to the lesson's own matrix").ClickAsync();
        await Worked(opened, Own);

        Assert.Equal("true", await Button("Reset to the lesson's own matrix").GetAttributeAsync("aria-disabled"));
        Assert.Empty(opened.Said);
    }

    /// <summary>A drawn path has three decimals of a pixel, of which the axis has more than a hundred each way.</summary>
    [Theory]
    [MemberData(nameof(Matrices))]
    public async Task TheEllipseIsWhatTheMatrixMakesOfTheCircle(string matrix)
    {
        await using var opened = await Open();
        await Become(opened, matrix);
        var w = matrix.Split([' ', ';'], StringSplitOptions.RemoveEmptyEntries).Select(Entry).ToArray();

        var (points, reach) = await Image(opened);

        Assert.Equal(Around, points.Count);
        foreach (var (k, (x, y)) in points.Index())
        {
            var (cosine, sine) = (Math.Cos(2 * Math.PI * k / (Around - 1)), Math.Sin(2 * Math.PI * k / (Around - 1)));
            Assert.Equal((w[0] * cosine) + (w[1] * sine), x, 1e-5 * reach);
            Assert.Equal((w[2] * cosine) + (w[3] * sine), y, 1e-5 * reach);
        }

        Assert.Empty(opened.Said);
    }

    /// <summary>Every step on the way: the circle, the circle turned, the ellipse along the axes.</summary>
    [Theory]
    [InlineData("1 2; 0 -1")]
    [InlineData("3 2; 2 3")]
    public async Task TheSliderGoesFromTheCircleToTheEllipse(string matrix)
    {
        await using var opened = await Open();
        await Become(opened, matrix);
        var slider = opened.Page.Locator(".ellipse input[type=range]");

        await slider.FillAsync("0");
        await opened.Settle();
        var (start, reach) = await Image(opened);
        Assert.Equal("The unit circle, as it is.", await slider.GetAttributeAsync("aria-valuetext"));
        Assert.All(start.Index(), point => Assert.Equal(Math.Cos(2 * Math.PI * point.Index / (Around - 1)), point.Item.X, 1e-5 * reach));
        await slider.FillAsync("0.1");
        Assert.Contains("by Vᵀ", await slider.GetAttributeAsync("aria-valuetext"));
        await slider.FillAsync("0.5");
        await opened.Settle();
        Assert.Contains("by Σ", await slider.GetAttributeAsync("aria-valuetext"));
        var (stretched, _) = await Image(opened);
        Assert.Equal(0, stretched.SkipLast(1).Sum(point => point.X * point.Y), 1e-3 * reach * reach);
        Assert.True(stretched.Max(point => point.X) > stretched.Max(point => point.Y));
        await slider.FillAsync("0.9");
        Assert.Contains("by U", await slider.GetAttributeAsync("aria-valuetext"));
        Assert.Empty(opened.Said);
    }

    /// <summary>A step of the slider is a hundredth of the way, and of a factor at most three: half a turn and a flip move a point at most by 2 pi 3 / 100 of the radius, a stretch by less. A factor that does not end where the next begins would move it by twice the radius.</summary>
    [Theory]
    [InlineData("3 2; 2 3")]
    [InlineData("1 2; 0 -1")]
    [InlineData("0 1; 1 0")]
    [InlineData("-2 0; 0 -3")]
    [InlineData("1 2; 2 4")]
    public async Task NothingJumpsOnTheWay(string matrix)
    {
        await using var opened = await Open();
        await Become(opened, matrix);

        var moves = (await opened.Evaluate(
            """
            () => {
              const slider = document.querySelector(".ellipse input[type=range]");
              const places = Array.from({ length: 101 }, (_, k) => {
                slider.value = String(k / 100);
                slider.dispatchEvent(new Event("input"));
                const panel = document.querySelector("[data-panel='its image']");
                const numbers = panel.querySelector(".outline path").getAttribute("d").match(/-?\d+(\.\d+)?(e-?\d+)?/g).map(Number);
                return { numbers, radius: Math.abs(panel.scale("x").apply(1) - panel.scale("x").apply(0)) * panel.scale("x").domain[1] };
              });
              return places.slice(1).map((place, k) => Math.max(...place.numbers.map((value, i) => Math.abs(value - places[k].numbers[i]))) / place.radius);
            }
            """)).EnumerateArray().Select(move => move.GetDouble()).ToList();

        Assert.Equal(100, moves.Count);
        Assert.All(moves, move => Assert.InRange(move, 0, 2 * Math.PI * 3 / 100));
        Assert.Contains(moves, move => move > 0.001);
    }

    [Fact]
    public async Task TheSliderStaysWhereItIsWhenTheMatrixChanges()
    {
        await using var opened = await Open();

        await opened.Page.Locator(".ellipse input[type=range]").FillAsync("0.4");
        await Become(opened, "1 2; 0 -1");

        Assert.Equal("0.4", await opened.Page.Locator(".ellipse input[type=range]").InputValueAsync());
    }

    [Fact]
    public async Task TheNumbersOfTheEllipseAreSaved()
    {
        await using var opened = await Open();

        var (name, content) = await opened.Saved(opened.Page.Locator("[data-figure=ellipse]").GetByText("CSV"));

        Assert.Equal("ellipse.csv", name);
        var first = Encoding.UTF8.GetString(content).Split('\n')[1].Split(',').Select(field => double.Parse(field, CultureInfo.InvariantCulture)).ToArray();
        Assert.Equal([1, 0, 3, 2], first, (a, b) => Math.Abs(a - b) < 1e-12);
    }

    [Theory]
    [InlineData(ColorScheme.Light, 400)]
    [InlineData(ColorScheme.Dark, 400)]
    [InlineData(ColorScheme.Light, 1280)]
    [InlineData(ColorScheme.Dark, 1280)]
    public async Task EveryLessonCanBeReadByEveryone(ColorScheme scheme, int width)
    {
        AccessibilityTests.RequireAxe();
        var found = new List<string>();
        await using var opened = await chromium.Open(Address, look: new(PassesPolicy: true, Scheme: scheme, Width: width, Height: 900));
        foreach (var name in (string[])["", .. (await Topics()).Where(topic => topic.Needs is "matrix" or "draws").Select(topic => topic.Name)])
        {
            await opened.Show(name == "" ? "#/lessons" : $"#/lesson/{name}");
            await opened.Page.Locator(name == "" ? ".card" : ".step").First.WaitForAsync();
            await opened.Settle();
            Assert.Equal((name, width), (name, (await opened.Evaluate("() => document.documentElement.scrollWidth")).GetInt32()));
            found.AddRange(await opened.Texts(NarrowTests.TooWide));
            found.AddRange(await opened.Texts(ThemeTests.Script, ThemeTests.LeastContrast));
            found.AddRange((await AccessibilityTests.Violations(opened)).Where(violation => violation.Contains(" serious ") || violation.Contains(" critical ")));
        }

        Assert.Empty(found);
        Assert.Empty(opened.Said);
    }

    private const int Around = 181;

    private string Address => alone.Process.Address.ToString();

    private const string ShownFormulas =
        """
        () => [...document.querySelectorAll('.formula')].map(formula => [...formula.children].map(piece => {
          const table = piece.querySelector('table');
          return table ? [...table.tBodies[0].rows].map(row => [...row.querySelectorAll('td')].map(cell => cell.textContent).join(' ')).join('|') : piece.textContent;
        }).join(' # '))
        """;

    private static string Spoken(JsonElement formula) => string.Join(" # ", formula.GetProperty("pieces").EnumerateArray().Select(piece =>
        piece.TryGetProperty("cells", out var cells) ? string.Join('|', cells.EnumerateArray().Select(Cells)) : piece.GetProperty("text").GetString()!.Trim()));

    private static string Cells(JsonElement row) => string.Join(' ', row.EnumerateArray().Select(cell => cell.GetString()));

    private static double Entry(string text) => text.Split('/').Select(part => double.Parse(part, CultureInfo.InvariantCulture)).Aggregate((a, b) => a / b);

    private async Task<List<(string Name, string Title, string Needs)>> Topics() =>
        [.. (await alone.Process.Json("/api/lessons")).GetProperty("lessons").EnumerateArray().Select(topic => (topic.GetProperty("name").GetString()!, topic.GetProperty("title").GetString()!, topic.GetProperty("needs").GetString()!))];

    /// <summary>The lesson on its own matrix.</summary>
    private async Task<ReportView> Open()
    {
        var opened = await chromium.Open(Address, ByHand);
        await Worked(opened, Own);
        return opened;
    }

    /// <summary>Waits until the steps are those of a matrix.</summary>
    private static async Task Worked(ReportView opened, string matrix)
    {
        await opened.Page.Locator($".worked[data-matrix='{(matrix == Own ? "own" : matrix)}']").WaitForAsync();
        await opened.Settle();
    }

    /// <summary>Gives the lesson another matrix; its own is there already, and would be worked again at some time that nothing tells.</summary>
    private static async Task Become(ReportView opened, string matrix)
    {
        if (matrix != Own)
        {
            await Paste(opened, matrix);
            await Worked(opened, matrix);
        }
    }

    private static Task Paste(ReportView opened, string text) => opened.Page.Locator("input[name=cell-0-0]").EvaluateAsync(
        "(cell, text) => { const data = new DataTransfer(); data.setData('text/plain', text); cell.focus(); cell.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true })); }", text);

    private static async Task<string?> Outline(ReportView opened) => await opened.Page.Locator("[data-panel='its image'] .outline path").First.GetAttributeAsync("d");

    /// <summary>The outline in the panel at the right, in the units of its axes, and how far these reach.</summary>
    private static async Task<(List<(double X, double Y)> Points, double Reach)> Image(ReportView opened)
    {
        var found = await opened.Evaluate(
            """
            () => {
              const panel = document.querySelector("[data-panel='its image']");
              const numbers = panel.querySelector(".outline path").getAttribute("d").match(/-?\d+(\.\d+)?(e-?\d+)?/g).map(Number);
              const [x, y] = [panel.scale("x"), panel.scale("y")];
              return { reach: x.domain[1], isSquare: Math.abs(Math.abs(x.range[1] - x.range[0]) - Math.abs(y.range[1] - y.range[0])), points: numbers.map((value, i) => (i % 2 === 0 ? x : y).invert(value)) };
            }
            """);
        Assert.Equal(0, found.GetProperty("isSquare").GetDouble(), 1e-9);
        var numbers = found.GetProperty("points").EnumerateArray().Select(value => value.GetDouble()).ToArray();
        return ([.. numbers.Chunk(2).Select(pair => (pair[0], pair[1]))], found.GetProperty("reach").GetDouble());
    }
}
