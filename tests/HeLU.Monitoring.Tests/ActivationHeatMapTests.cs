using SkiaSharp;

namespace Helu.Monitoring.Tests;

public sealed class ActivationHeatMapTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_picture_has_the_size_that_was_asked_for_and_a_colour_for_each_share()
    {
        using SKBitmap picture = Draw(new ActivationHeatMap(_folder.File("new", "map.png")) { Width = 640, Height = 320 }, "new", "map.png");

        Assert.Equal((640, 320), (picture.Width, picture.Height));
        // Five shares of dead units, 0 to 4 of 4, each a cell of thousands of pixels.
        Dictionary<SKColor, int> colours = picture.Pixels.CountBy(colour => colour).ToDictionary();
        Assert.True(colours.Values.Count(pixels => pixels > 1500) >= 6, $"Large areas: {string.Join(", ", colours.Where(colour => colour.Value > 1500))}");
    }

    [Fact]
    public void Text_is_drawn_also_where_no_font_is_installed()
    {
        using SKBitmap one = Draw(new ActivationHeatMap(_folder.File("1.png")) { Title = "1111" }, "1.png");
        using SKBitmap eight = Draw(new ActivationHeatMap(_folder.File("8.png")) { Title = "8888" }, "8.png");

        // A font without glyphs draws the same box for every character.
        Assert.NotEqual(one.Pixels, eight.Pixels);
        Assert.True(Ink(eight) > Ink(one));
    }

    [Fact]
    public void The_height_follows_the_layers()
    {
        using var few = Draw(new ActivationHeatMap(_folder.File("few.png")), "few.png");
        var map = new ActivationHeatMap(_folder.File("many.png"));
        map.Add(Windows.Of(0, [.. Enumerable.Range(0, 20).Select(layer => ($"relu{layer}", layer % 5))]));
        map.Dispose();
        using SKBitmap many = SKBitmap.Decode(_folder.File("many.png"));

        Assert.Equal(1000, few.Width);
        Assert.True(many.Height > few.Height + 300);
    }

    [Fact]
    public void Without_a_window_there_is_no_picture()
    {
        new ActivationHeatMap(_folder.File("map.png")).Dispose();
        Assert.False(File.Exists(_folder.File("map.png")));
    }

    private SKBitmap Draw(ActivationHeatMap map, params string[] path)
    {
        using (map)
        {
            map.Add(Windows.Of(0, ("relu1", 0), ("relu2", 1)));
            map.Add(Windows.Of(1, ("relu1", 2), ("relu2", 3)));
            map.Add(Windows.Of(2, ("relu1", 4)));
        }
        return SKBitmap.Decode(_folder.File(path));
    }

    /// <summary>Dark pixels in the title's place.</summary>
    private static int Ink(SKBitmap picture) => picture.Pixels.Take(picture.Width * 30).Count(colour => colour.Red < 128);
}
