using Helu.Inference.Tracing;

namespace Helu.Inference.Modules;

/// <summary>Pooling, upsampling and unflattening.</summary>
internal static class PoolModules
{
    public static Value MaxPool(ModuleNode m, Value x) =>
        Ops.max_pool(x, m.Attribute<long[]>("kernel_size"), m.Attribute<long[]>("stride"), m.Attribute<long[]>("padding"), m.Attribute<long[]>("dilation"), m.Attribute<bool>("ceil_mode"));

    public static Value AvgPool(ModuleNode m, Value x) => Ops.avg_pool(
        x,
        m.Attribute<long[]>("kernel_size"),
        m.Attribute<long[]>("stride"),
        m.Attribute<long[]>("padding"),
        m.Attribute<bool>("ceil_mode"),
        m.Attribute<bool>("count_include_pad"),
        m.Attribute<long>("divisor_override"));

    public static Value AdaptiveAvgPool(ModuleNode m, Value x) => Ops.adaptive_pool(x, m.Attribute<long[]>("output_size"), isMax: false);

    public static Value AdaptiveMaxPool(ModuleNode m, Value x) => Ops.adaptive_pool(x, m.Attribute<long[]>("output_size"), isMax: true);

    public static Value Upsample(ModuleNode m, Value x)
    {
        long[] size = m.Attribute<long[]>("size");
        double[] scale = m.Attribute<double[]>("scale_factor");
        return Ops.interpolate(x, size.Length == 0 ? null : size, scale.Length == 0 ? null : scale);
    }

    public static Value Unflatten(ModuleNode m, Value x)
    {
        int dim = Graphs.Shapes.Dimension(m.Attribute<long>("dim"), x.shape.Length, "Unflatten");
        return Ops.reshape(x, [.. x.shape[..dim], .. Graphs.Shapes.Reshaped([x.shape[dim]], m.Attribute<long[]>("unflattened_size")), .. x.shape[(dim + 1)..]]);
    }
}
