import type { Operations } from '../../runner/operation.ts';
import type { AwsClients } from '../clients.ts';
import { createEndpoint } from './create-endpoint.ts';
import { createEndpointConfig } from './create-endpoint-config.ts';
import { createModel } from './create-model.ts';
import { putMetricAlarm } from './put-metric-alarm.ts';
import { putMetricData } from './put-metric-data.ts';
import { updateEndpoint } from './update-endpoint.ts';
import { updateModelPackage } from './update-model-package.ts';

/** Everything that the runner can send to the account and region of these clients. There is no Delete among them. */
export function makeAwsOperations(clients: AwsClients): Operations {
  return {
    'sagemaker:CreateModel': createModel(clients),
    'sagemaker:CreateEndpointConfig': createEndpointConfig(clients),
    'sagemaker:CreateEndpoint': createEndpoint(clients),
    'sagemaker:UpdateEndpoint': updateEndpoint(clients),
    'sagemaker:UpdateModelPackage': updateModelPackage(clients),
    'cloudwatch:PutMetricAlarm': putMetricAlarm(clients),
    'cloudwatch:PutMetricData': putMetricData(clients),
  };
}
