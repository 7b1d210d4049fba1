using Xunit;

namespace Eigenscope.EndToEnd.Page;

/// <summary>A reader without a mouse, who sees by the outline where the focus is.</summary>
internal sealed class Keyboard(ReportView opened)
{
    private const int MostStops = 200;

    /// <summary>Presses Tab until the focus is on what is wanted; at every stop it can be seen.</summary>
    public async Task TabTo(string selector)
    {
        for (var stop = 0; stop < MostStops; stop++)
        {
            await opened.Page.Keyboard.PressAsync("Tab");
            if (await RequireVisibleFocus(selector))
            {
                return;
            }
        }

        Assert.Fail($"no way by Tab to {selector}");
    }

    /// <summary>Tabs to something and presses Enter.</summary>
    public async Task Enter(string selector)
    {
        await TabTo(selector);
        await Press("Enter");
    }

    /// <summary>Presses a key and waits for what it does: a new view is shown some time after its address has changed.</summary>
    public async Task Press(string key)
    {
        await opened.Page.Keyboard.PressAsync(key);
        await opened.Settle();
    }

    /// <summary>Requires that the focus is on what is told, and is seen.</summary>
    public async Task RequireFocusOn(string selector) => Assert.True(await RequireVisibleFocus(selector), $"the focus is not on {selector}");

    private async Task<bool> RequireVisibleFocus(string selector)
    {
        var focus = await opened.Evaluate(
            """
            selector => {
              const element = document.activeElement;
              const { outlineStyle, outlineWidth } = getComputedStyle(element);
              const place = element.getBoundingClientRect();
              return {
                name: element.outerHTML.slice(0, 200),
                isLost: element === document.body,
                isOutlined: outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2,
                isOnScreen: place.bottom > 0 && place.top < innerHeight && place.width > 0,
                isWanted: element.matches(selector),
              };
            }
            """, selector);
        var name = focus.GetProperty("name").GetString();
        Assert.False(focus.GetProperty("isLost").GetBoolean(), "the focus is lost");
        Assert.True(focus.GetProperty("isOutlined").GetBoolean(), $"no outline around {name}");
        Assert.True(focus.GetProperty("isOnScreen").GetBoolean(), $"out of sight: {name}");
        return focus.GetProperty("isWanted").GetBoolean();
    }
}
