using ScottPlot;
using SkiaSharp;

namespace Helu.Monitoring;

/// <summary>A font for plots that comes with this assembly (DejaVu Sans): the same text on every machine, also on one without fonts, as most containers are.</summary>
public static class PlotFont
{
    private const string Name = "HeLU Plot Sans"; // No installed font has this name.

    private static readonly Lock s_gate = new();
    private static bool s_isRegistered;

    /// <summary>Sets title, axes, ticks and legend of <paramref name="plot"/> in it. Other plots keep theirs.</summary>
    public static void Use(Plot plot)
    {
        ArgumentNullException.ThrowIfNull(plot);
        lock (s_gate)
        {
            if (!s_isRegistered)
                Fonts.FontResolvers.Insert(0, new Resolver());
            s_isRegistered = true;
        }
        plot.Font.Set(Name);
        plot.Legend.FontName = Name;
    }

    /// <summary>Uses it for a panel beside the axes, a colour bar's.</summary>
    internal static void Use(ScottPlot.Panels.ColorBar bar)
    {
        bar.LabelStyle.FontName = Name;
        bar.Axis.TickLabelStyle.FontName = Name;
    }

    private sealed class Resolver : IFontResolver
    {
        public SKTypeface? CreateTypeface(string fontName, bool bold, bool italic) => fontName == Name ? Load() : null;

        public SKTypeface? CreateTypeface(string fontName, FontWeight weight, FontSlant slant, FontSpacing spacing) => fontName == Name ? Load() : null;

        private static SKTypeface Load()
        {
            using Stream file = typeof(PlotFont).Assembly.GetManifestResourceStream("DejaVuSans.ttf")!;
            return SKTypeface.FromStream(file);
        }
    }
}
