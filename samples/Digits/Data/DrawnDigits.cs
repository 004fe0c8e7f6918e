using SkiaSharp;
using TorchSharp;
using static TorchSharp.torch;

namespace Digits.Data;

/// <summary>
/// Digits that need no download: two or three outlines for each, drawn with a random pen under a random perspective map, with a stray stroke and
/// noise now and then. The same for a seed every time.
/// </summary>
internal static class DrawnDigits
{
    /// <summary>How many <see cref="ToShow"/> draws.</summary>
    public const int ShownCount = 300;

    private const float Side = DigitImages.Side;

    /// <summary>SVG path data in the unit square, y down: the ways to write each digit.</summary>
    private static readonly string[][] s_outlines =
    [
        ["M.5 .1 C.2 .1 .2 .9 .5 .9 C.8 .9 .8 .1 .5 .1 Z", "M.6 .12 C.3 .05 .22 .5 .3 .75 C.4 1 .72 .9 .72 .5 C.72 .25 .62 .1 .46 .14"],
        ["M.5 .1 L.5 .9", "M.36 .28 L.54 .1 L.54 .9", "M.36 .25 L.52 .1 L.52 .9 M.34 .9 L.7 .9"],
        ["M.27 .3 C.27 .03 .75 .03 .73 .33 C.72 .5 .4 .7 .26 .9 L.76 .9", "M.28 .28 C.3 .02 .75 .05 .72 .35 C.7 .6 .45 .8 .32 .88 C.22 .94 .2 .78 .35 .8 C.5 .82 .6 .95 .78 .85"],
        ["M.28 .18 C.4 .05 .72 .08 .7 .3 C.68 .47 .5 .48 .42 .48 C.55 .48 .76 .52 .74 .7 C.72 .93 .38 .95 .26 .8", "M.28 .12 L.7 .12 L.45 .43 C.62 .42 .76 .52 .74 .68 C.72 .93 .38 .95 .26 .8"],
        ["M.62 .9 L.62 .1 L.24 .62 L.8 .62", "M.32 .12 L.26 .52 L.74 .52 M.68 .12 L.64 .9"],
        ["M.72 .1 L.34 .1 L.3 .45 C.45 .36 .75 .38 .74 .66 C.72 .95 .36 .95 .26 .8", "M.38 .12 L.32 .45 C.5 .36 .76 .42 .72 .68 C.68 .93 .36 .93 .26 .82 M.38 .12 L.74 .1"],
        ["M.66 .12 C.4 .2 .26 .45 .27 .66 C.28 .95 .74 .96 .73 .67 C.72 .42 .34 .44 .28 .66", "M.5 .1 C.34 .3 .28 .5 .3 .72 C.34 .94 .66 .94 .68 .74 C.7 .54 .4 .54 .31 .7"],
        ["M.26 .12 L.74 .12 L.42 .9", "M.26 .12 L.74 .12 L.42 .9 M.38 .5 L.7 .5", "M.26 .22 L.28 .12 L.74 .12 C.6 .35 .48 .6 .46 .9"],
        ["M.5 .48 C.2 .4 .25 .1 .5 .1 C.75 .1 .8 .4 .5 .48 C.18 .56 .2 .9 .5 .9 C.8 .9 .82 .56 .5 .48 Z", "M.68 .2 C.6 .05 .3 .08 .32 .28 C.34 .48 .72 .5 .72 .72 C.72 .95 .28 .95 .28 .72 C.28 .52 .66 .45 .68 .2"],
        ["M.72 .34 C.7 .58 .28 .6 .28 .34 C.28 .04 .72 .04 .72 .34 C.72 .6 .66 .8 .56 .9", "M.7 .34 C.68 .56 .28 .58 .28 .34 C.28 .06 .7 .06 .7 .34 L.68 .9"],
    ];

    /// <summary>Digits to show a trained model on: none of them is in <see cref="DigitSet.Drawn"/>.</summary>
    public static DigitImages ToShow() => Draw(ShownCount, seed: 3);

    /// <summary>Image i shows digit i mod 10, so the labels are balanced.</summary>
    public static DigitImages Draw(int count, int seed)
    {
        var random = new Random(seed);
        byte[] labels = [.. Enumerable.Range(0, count).Select(i => (byte)(i % 10))];
        byte[] pixels = [.. labels.SelectMany(digit => DrawOne(digit, random))];
        using DigitImages clean = DigitImages.FromBytes(pixels, labels);
        return new(WithNoise(clean.Images, seed), clean.Labels.clone());
    }

    private static byte[] DrawOne(int digit, Random random)
    {
        using var bitmap = new SKBitmap((int)Side, (int)Side, SKColorType.Gray8, SKAlphaType.Opaque);
        using var canvas = new SKCanvas(bitmap);
        canvas.Clear(SKColors.Black);
        string[] outlines = s_outlines[digit];
        using (SKPath outline = SKPath.ParseSvgPathData(outlines[random.Next(outlines.Length)]))
        using (SKPaint pen = RandomPen(random))
        {
            outline.Transform(RandomView(random));
            canvas.DrawPath(outline, pen);
        }
        if (random.NextDouble() < 0.25)
            DrawStrayStroke(canvas, random);
        canvas.Flush();
        return bitmap.Bytes;
    }

    private static SKPaint RandomPen(Random random)
    {
        // Short pieces pushed sideways and smoothed again: a hand that is not steady.
        using var tremor = SKPathEffect.CreateDiscrete(5, Between(random, 0, 1.2f), (uint)random.Next());
        using var smooth = SKPathEffect.CreateCorner(4);
        return new SKPaint
        {
            IsAntialias = true,
            Style = SKPaintStyle.Stroke,
            StrokeCap = SKStrokeCap.Round,
            StrokeJoin = SKStrokeJoin.Round,
            StrokeWidth = Between(random, 1.2f, 3.6f),
            Color = Grey(Between(random, 0.55f, 1)),
            PathEffect = SKPathEffect.CreateCompose(smooth, tremor),
        };
    }

    /// <summary>From the unit square onto the image: size, aspect, slant, turn, a little perspective, place.</summary>
    private static SKMatrix RandomView(Random random)
    {
        SKMatrix perspective = SKMatrix.Identity;
        perspective.Persp0 = Between(random, -0.3f, 0.3f);
        perspective.Persp1 = Between(random, -0.3f, 0.3f);
        float height = Between(random, 16, 26);
        return SKMatrix.CreateTranslation(-0.5f, -0.5f)
            .PostConcat(perspective)
            .PostConcat(SKMatrix.CreateScale(height * Between(random, 0.7f, 1.2f), height))
            .PostConcat(SKMatrix.CreateSkew(Between(random, -0.45f, 0.25f), 0))
            .PostConcat(SKMatrix.CreateRotationDegrees(Between(random, -20, 20)))
            .PostConcat(SKMatrix.CreateTranslation(Side / 2 + Between(random, -3, 3), Side / 2 + Between(random, -2, 2)));
    }

    private static void DrawStrayStroke(SKCanvas canvas, Random random)
    {
        using var pen = new SKPaint { IsAntialias = true, StrokeWidth = Between(random, 1, 2.5f), Color = Grey(Between(random, 0.3f, 0.9f)) };
        canvas.DrawLine(Between(random, 0, Side), Between(random, 0, Side), Between(random, 0, Side), Between(random, 0, Side), pen);
    }

    /// <summary>Gaussian noise, stronger in some images than in others, cut to 0..1 again.</summary>
    private static Tensor WithNoise(Tensor images, int seed)
    {
        using DisposeScope scope = NewDisposeScope();
        using var generator = new Generator((ulong)seed);
        Tensor strength = 0.2 * rand([images.shape[0], 1, 1, 1], generator: generator);
        Tensor noise = randn(images.shape, generator: generator);
        return (images + strength * noise).clamp_(0, 1).MoveToOuterDisposeScope();
    }

    private static float Between(Random random, float low, float high) => low + random.NextSingle() * (high - low);

    private static SKColor Grey(float brightness)
    {
        byte level = (byte)(255 * brightness);
        return new(level, level, level);
    }
}
