using ScottPlot;

namespace Samples.Common;

/// <summary>The same text in plots on every machine, also on one without fonts.</summary>
public static class PlotFont
{
    // No installed font has this name, so the file beside the program is taken everywhere.
    private const string Name = "Samples Sans";

    /// <summary>Makes the font that comes with the samples ScottPlot's default, of the whole process.</summary>
    public static void UseOwn()
    {
        if (Fonts.Default == Name)
            return;
        string file = Path.Combine(AppContext.BaseDirectory, "Font", "DejaVuSans.ttf");
        Fonts.AddFontFile(Name, file, bold: false, italic: false);
        Fonts.AddFontFile(Name, file, bold: true, italic: false);
        Fonts.Default = Name;
    }
}
