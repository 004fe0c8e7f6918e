using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Helu.Benchmarks.Training;

/// <summary>One model of seeded weights in one form, its optimiser, and a seeded batch of ten classes.</summary>
internal sealed class TrainingCase : IDisposable
{
    private const int Classes = 10;
    private const double LearningRate = .001;
    private readonly Module<Tensor, Tensor> _model;
    private readonly optim.Optimizer _optimizer;
    private readonly Tensor _x;
    private readonly Tensor _labels;

    public TrainingCase(TrainingSubject subject, TrainingForm form)
    {
        manual_seed(1);
        _model = subject.Create(form);
        _optimizer = optim.SGD(_model.parameters(), LearningRate);
        _x = TrainingStep.Normal(subject.InputShape);
        _labels = randint(0, Classes, [subject.InputShape[0]]);
    }

    /// <summary>One step as a user writes it.</summary>
    public void Step()
    {
        using DisposeScope scope = NewDisposeScope();
        _optimizer.zero_grad();
        Tensor loss = functional.cross_entropy(_model.call(_x), _labels);
        loss.backward();
        _optimizer.step();
    }

    /// <summary>A step that tells where it stands.</summary>
    /// <param name="forwardDone">Called when the loss is computed and everything for the backward pass is saved.</param>
    public void Step(Action forwardDone)
    {
        using DisposeScope scope = NewDisposeScope();
        _optimizer.zero_grad();
        Tensor loss = functional.cross_entropy(_model.call(_x), _labels);
        forwardDone();
        loss.backward();
        _optimizer.step();
    }

    /// <summary>Managed bytes that the forward of a step allocates.</summary>
    public long ForwardAllocations()
    {
        using DisposeScope scope = NewDisposeScope();
        _optimizer.zero_grad();
        long before = GC.GetAllocatedBytesForCurrentThread();
        _model.call(_x);
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    /// <summary>Managed bytes that a whole step allocates.</summary>
    public long StepAllocations()
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        Step();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    /// <summary>The logits of the batch.</summary>
    public float[] Output()
    {
        using DisposeScope scope = NewDisposeScope();
        return _model.call(_x).data<float>().ToArray();
    }

    public void Dispose()
    {
        _optimizer.Dispose();
        _model.Dispose();
        _x.Dispose();
        _labels.Dispose();
    }
}
