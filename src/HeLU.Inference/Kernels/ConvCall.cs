namespace Helu.Inference.Kernels;

/// <summary>One call's operands, shared by the threads that work on it.</summary>
internal unsafe struct ConvCall
{
    /// <summary>The algorithm at work.</summary>
    public ConvPath Path;

    /// <summary>[batch, InChannels, H, W].</summary>
    public float* Input;

    public int Batch;

    /// <summary>[batch, OutChannels, OutH, OutW].</summary>
    public float* Output;

    /// <summary>Null, or what is added before the activation, of the output's shape. May be the output itself.</summary>
    public float* Residual;

    public float* Scratch;

    public Epilogue Epilogue;

    /// <summary>The activation's lower bound, where it is one; else negative infinity.</summary>
    public float Low;

    /// <summary>The activation's upper bound, where it is one; else positive infinity.</summary>
    public float High;

    /// <summary>The activation is more than two bounds: it runs over finished outputs.</summary>
    public bool Activates;

    /// <summary>Null for one thread.</summary>
    public Workers? Workers;

    /// <summary>What <see cref="ConvPath.RunItems"/> is to do; the numbers are the path's own.</summary>
    public int Phase;

    /// <summary>How many items this phase has.</summary>
    public int Items;

    /// <summary>The images or tiles that the phase is about: the first.</summary>
    public int First;

    /// <summary>How many.</summary>
    public int Count;

    /// <summary>The strip of output rows that it is about.</summary>
    public int Strip;

    /// <summary>The group of channels that it is about.</summary>
    public int Group;

    /// <summary>Pieces that the output channels are split into, so that every thread has some.</summary>
    public int ChannelPieces;

    public readonly int Threads => Workers?.Count ?? 1;

    /// <summary>A call of a layer's Run.</summary>
    public static ConvCall Of(ConvPath path, float* input, int batch, float* output, float* residual, in Epilogue epilogue, float* scratch, Workers? workers)
    {
        ConvCall call = new()
        {
            Path = path,
            Input = input,
            Batch = batch,
            Output = output,
            Residual = residual,
            Scratch = scratch,
            Epilogue = epilogue,
            Workers = workers is { Count: > 1 } ? workers : null,
        };
        call.Activates = !ActivationClamp.TryGet(epilogue, out call.Low, out call.High);
        return call;
    }
}
